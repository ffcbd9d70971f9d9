namespace Ledger.Consensus.Tests;

/// <summary>
/// Nothing that was changed by anybody passes for a proof, and everything unchanged does. The long run:
/// <c>dotnet test tests/Ledger.Consensus.Tests -c Release -- NUnit.Where="method == A_million_mutants_are_refused"</c>.
/// </summary>
public sealed class MutationTests
{
    private const ulong Seed = 20_26;

    [Test]
    public void Twenty_thousand_mutants_are_refused() => Judge(20_000, bitsPerByte: 1);

    [Test]
    [Explicit("takes minutes")]
    public void A_million_mutants_are_refused() => Judge(1_000_000, bitsPerByte: 8);

    private static void Judge(int mutantsMin, int bitsPerByte)
    {
        MutationReport report = MutationRun.Of(mutantsMin, bitsPerByte, Seed);
        TestContext.Out.WriteLine(report);
        Assert.That(report.Wrong.Take(20), Is.Empty);
        Assert.That(report.Mutants, Is.GreaterThanOrEqualTo(mutantsMin));
        Assert.That(report.Controls, Is.Positive);
        Assert.That(report.ControlsAccepted, Is.EqualTo(report.Controls));
    }
}
