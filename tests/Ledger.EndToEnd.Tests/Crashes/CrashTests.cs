using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Crashes;

/// <summary>
/// kill -9 of nodes while transactions are being acknowledged: nothing that was acknowledged is lost.
/// </summary>
public sealed class CrashTests
{
    private const int SomeMore = 3;

    private TestConsortium consortium = null!;

    [OneTimeSetUp]
    public async Task Start() => consortium = await TestConsortium.StartAsync("crash");

    [OneTimeTearDown]
    public void Stop() => consortium?.Dispose();

    [Test]
    public async Task Killing_each_node_in_turn_the_leader_of_the_moment_first_loses_nothing()
    {
        Member[] members = consortium.Members;
        List<int> untouched = [0, 1, 2, 3];
        int leadersKilled = 0;
        await using AcknowledgedTraffic traffic = new(members);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);
        while (untouched.Count > 0)
        {
            int leader = await Heads.LeaderAsync(members, members[untouched[0]]);
            int killed = untouched.Contains(leader) ? leader : untouched[0];
            leadersKilled += killed == leader ? 1 : 0;
            untouched.Remove(killed);

            await consortium.KillAsync(killed);
            await traffic.MoreAsync(SomeMore, [.. Enumerable.Range(0, members.Length).Where(place => place != killed)]);
            await consortium.StartAsync(killed);
            await traffic.MoreAsync(SomeMore, killed);
        }

        await traffic.StopAsync();
        Assert.That(leadersKilled, Is.Positive);
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task Killing_all_four_at_once_loses_nothing()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);

        await consortium.KillAsync(0, 1, 2, 3);
        await consortium.StartAsync(0, 1, 2, 3);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);

        await traffic.StopAsync();
        await RequireNothingLostAsync(traffic);
    }

    private async Task RequireNothingLostAsync(AcknowledgedTraffic traffic)
    {
        await traffic.RequireNothingLostAsync();
        NodeLogs.RequireNoStackTrace(consortium.Nodes);
        Assert.That(NodeLogs.CountOf(consortium.Nodes, "evidence"), Is.Zero);
    }
}
