using System.Diagnostics;
using Ledger.Client.Protos;

namespace Ledger.Torture;

/// <summary>
/// Row 1 of the fault model: a node is killed, the others decide 100 blocks, and it starts again, while light load goes
/// on. It is back when it stands at the head that the others had when it started, knows of nobody ahead, and votes.
/// </summary>
internal static class RejoinRun
{
    private const int Blocks = 100;

    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>So many rounds, each with the next node.</summary>
    public static async Task<TortureReport> RunAsync(TestConsortium consortium, int rounds)
    {
        List<TimeSpan> serving = [];
        List<TimeSpan> voting = [];
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(1, 0, 1, 2, 3);
        for (int round = 0; round < rounds; round++)
        {
            (TimeSpan served, TimeSpan voted) = await RestartAsync(consortium, round % consortium.Members.Length);
            serving.Add(served);
            voting.Add(voted);
            Progress.Tell(round + 1, rounds, $"votes again after {voted.TotalSeconds:F2} s");
        }

        await traffic.RequireNothingLostAsync();
        Times times = Times.Of(voting);
        return new TortureReport
        {
            Goal = $"p99 from start of the process to the head and voting < {Goal.TotalSeconds:F0} s",
            Passed = times.P99 < Goal.TotalSeconds,
            Times = new() { ["start to serving"] = Times.Of(serving), ["start to the head and voting"] = times },
            Counts = new() { ["acknowledged, none lost"] = traffic.Acknowledged.Count },
        };
    }

    private static async Task<(TimeSpan Served, TimeSpan Voted)> RestartAsync(TestConsortium consortium, int place)
    {
        ulong before = (await consortium.SettledAsync()).Height;
        Member other = consortium.Members[(place + 1) % consortium.Members.Length];
        await consortium.KillAsync(place);
        await Waiting.UntilAsync($"{Blocks} blocks are decided", Patience, async () =>
            (await Heads.StatusAsync(other))?.Height >= before + Blocks);
        ulong head = (await other.Client.GetStatusAsync(CancellationToken.None)).Height;
        Stopwatch started = Stopwatch.StartNew();
        await consortium.StartAsync(place);
        TimeSpan served = started.Elapsed;
        await Waiting.UntilAsync("the node stands at the head and votes", Patience, async () =>
            await Heads.StatusAsync(consortium.Members[place]) is { Standing: Standing.Voting, Behind: 0 } status
            && status.Height >= head);
        return (served, started.Elapsed);
    }
}
