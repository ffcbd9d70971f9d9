using Ledger.Client.Protos;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Faults;

// Processes that die together, stand still or live in another hour.
public sealed partial class FaultTests
{
    /// <summary>2 * Tmax of the protocol.</summary>
    private static readonly TimeSpan RestartBound = TimeSpan.FromSeconds(32);

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    [Test]
    public async Task Half_of_the_nodes_gone_and_back_need_no_operator()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(SomeMore, All);

        await consortium.KillAsync(0, 1);
        await Waiting.UntilAsync("the others have given the leader up", async () =>
            (await StatusAsync(2)).ChangingView && (await StatusAsync(3)).ChangingView);
        ulong height = (await StatusAsync(2)).Height;
        await Waiting.WhileAsync(
            "two of four decide nothing", Silence, async () => (await StatusAsync(2)).Height == height);
        await consortium.StartAsync(0, 1);
        TimeSpan resumed = await traffic.TimeOfMoreAsync(1, All);

        Assert.That(resumed, Is.LessThan(RestartBound));
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task A_leader_that_stands_still_is_replaced_and_takes_its_place_again_quietly()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(SomeMore, All);
        int evidence = NodeLogs.CountOf(consortium.Nodes, "evidence");

        int leader = await LeaderAsync();
        int[] others = AllBut(leader);
        await NodeProcess.PauseAsync(consortium.Nodes[leader]);
        ulong view;
        try
        {
            await traffic.MoreAsync(SomeMore, others);
            view = await SharedViewAsync(others);
            await Waiting.WhileAsync("the new leader stays", Silence, async () =>
                (await StatusAsync(others[0])).View == view);
        }
        finally
        {
            await NodeProcess.ResumeAsync(consortium.Nodes[leader]);
        }

        await traffic.MoreAsync(SomeMore, All);

        NodeStatus status = await consortium.SettledAsync();
        Assert.That(status.View, Is.EqualTo(view), "the view, once it is awake again");
        await RequireNothingLostAsync(traffic);
        Assert.That(NodeLogs.CountOf(consortium.Nodes, "evidence"), Is.EqualTo(evidence));
    }

    [Test]
    public async Task A_clock_that_is_wrong_by_an_hour_stops_nobody_else_and_is_named()
    {
        if (!MovedClock.IsAvailable)
        {
            Assert.Ignore("libfaketime is missing (Debian: apt-get install libfaketime)");
        }

        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await consortium.StopAsync(3);
        try
        {
            await consortium.StartInAsync(3, MovedClock.AheadBy(TimeSpan.FromHours(1)));
            await traffic.MoreAsync(SomeMore, 0, 1, 2);
            await Waiting.UntilAsync("its log names the clock", () => Task.FromResult(
                Log(3).Contains("s ahead of those of most peers", StringComparison.Ordinal)));
        }
        finally
        {
            await consortium.StopAsync(3);
            await consortium.StartAsync(3);
        }

        await traffic.MoreAsync(1, 3);
        await RequireNothingLostAsync(traffic);
    }
}
