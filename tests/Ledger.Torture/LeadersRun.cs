using System.Diagnostics;
using Ledger.Client.Protos;

namespace Ledger.Torture;

/// <summary>
/// Row 11 of the fault model: the leader of the moment is killed under light load. A block that was under way may still
/// be decided by the votes that are out; what counts is the first block that the next leader's view decides.
/// </summary>
internal static class LeadersRun
{
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Kills so many leaders, one after the other.</summary>
    public static async Task<TortureReport> RunAsync(TestConsortium consortium, int kills)
    {
        List<TimeSpan> next = [];
        List<TimeSpan> nextLeader = [];
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(1, 0, 1, 2, 3);
        for (int kill = 0; kill < kills; kill++)
        {
            (TimeSpan any, TimeSpan led) = await KillLeaderAsync(consortium);
            next.Add(any);
            nextLeader.Add(led);
            Progress.Tell(kill + 1, kills, $"next leader's block after {led.TotalSeconds:F2} s");
        }

        await traffic.RequireNothingLostAsync();
        Times times = Times.Of(nextLeader);
        return new TortureReport
        {
            Goal = $"p95 of the next leader's first block <= {Goal.TotalSeconds:F0} s (2 * T0)",
            Passed = times.P95 <= Goal.TotalSeconds,
            Times = new()
            {
                ["kill to next leader's first block"] = times,
                ["kill to any next block"] = Times.Of(next),
            },
            Counts = new() { ["acknowledged, none lost"] = traffic.Acknowledged.Count },
        };
    }

    private static async Task<(TimeSpan Any, TimeSpan Led)> KillLeaderAsync(TestConsortium consortium)
    {
        NodeStatus status = await consortium.SettledAsync();
        int leader = await Heads.LeaderAsync(consortium.Members, consortium.Members[0]);
        BlockWatch[] watches =
        [
            .. consortium.Members.Where((_, place) => place != leader)
                .Select(member => new BlockWatch(member, status.Height + 1)),
        ];
        try
        {
            await Waiting.UntilAsync("every live node shows a block", () => Task.FromResult(
                watches.All(watch => watch.FirstAfter(0, _ => true) is not null)));
            ulong view = status.View;
            long killed = Stopwatch.GetTimestamp();
            await consortium.KillAsync(leader);
            TimeSpan led = await FirstAsync(watches, killed, sighting => sighting.View > view);
            TimeSpan any = await FirstAsync(watches, killed, _ => true);
            await consortium.StartAsync(leader);
            return (any, led);
        }
        finally
        {
            foreach (BlockWatch watch in watches)
            {
                await watch.DisposeAsync();
            }
        }
    }

    private static async Task<TimeSpan> FirstAsync(
        BlockWatch[] watches, long killed, Func<BlockWatch.Sighting, bool> wanted)
    {
        BlockWatch.Sighting first = await Waiting.ForAsync(
            "a live node decides a block",
            Patience,
            () => Task.FromResult(watches
                .Select(watch => watch.FirstAfter(killed, wanted))
                .OfType<BlockWatch.Sighting>()
                .MinBy(sighting => sighting.Timestamp)));
        return Stopwatch.GetElapsedTime(killed, first.Timestamp);
    }
}
