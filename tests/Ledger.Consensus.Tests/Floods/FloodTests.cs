namespace Ledger.Consensus.Tests;

/// <summary>
/// However much a member signs about the future, a replica keeps little of it, and what is past moves nothing. The long
/// run: <c>dotnet test tests/Ledger.Consensus.Tests -c Release --
/// NUnit.Where="method == A_million_messages_stay_small"</c>, in one line.
/// </summary>
[NonParallelizable]
public sealed class FloodTests
{
    /// <summary>For one peer; see the limits in <c>docs/protocol.md</c>.</summary>
    private const long BytesKeptMax = 16 * 1024 * 1024;

    /// <summary>Five validators remind each other once, until time passes (S-8).</summary>
    private const int AnswersMax = 20;

    [Test]
    public void A_flood_of_future_messages_stays_small() => Judge(50_000, largeEvery: 200, looks: 4);

    [Test]
    [Explicit("takes minutes")]
    public void A_million_messages_stay_small() => Judge(1_000_000, largeEvery: 50, looks: 20);

    [Test]
    public void A_flood_of_an_old_epoch_moves_nothing()
    {
        ScriptInterpreter script = new();
        foreach (string command in new[]
        {
            "new n=4 spare=1", "submit tx1", "settle", "submit tx2", "tick 120", "settle",
            "submit add-5", "settle", "submit tx3", "settle", "run 120",
        })
        {
            script.Run(command);
        }

        string[] before = [.. script.Run("state")];
        for (int round = 0; round < 100; round++)
        {
            script.Run("replay e=0 to 1 2 3 4 5");
            int answers = script.Run("deliver").Length;
            Assert.That(answers, Is.LessThanOrEqualTo(round == 0 ? AnswersMax : 0), "to a status there is one answer");
        }

        Assert.That(script.Run("state"), Is.EqualTo(before));
    }

    private static void Judge(int messages, int largeEvery, int looks)
    {
        FloodReport report = FloodRun.Of(messages, largeEvery, looks);
        TestContext.Out.WriteLine(report);
        Assert.That(report.Verified, Is.GreaterThan(messages * 9 / 10), "they are signed by a member");
        Assert.That(report.BytesKeptMax, Is.LessThan(BytesKeptMax));
    }
}
