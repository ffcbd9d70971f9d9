using System.Diagnostics;

namespace Ledger.Torture;

/// <summary>
/// Row 3 of the fault model as far as processes can show it: all nodes are killed at once at a random moment of heavy
/// load, again and again. What the operating system holds survives a kill; that unsynced bytes are lost too is tried
/// at the store.
/// </summary>
internal static class PowerRun
{
    private const int Seed = 20260101;

    private static readonly TimeSpan MomentMax = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(32);

    /// <summary>So many cuts.</summary>
    public static async Task<TortureReport> RunAsync(TestConsortium consortium, int rounds)
    {
        Random random = new(Seed);
        List<TimeSpan> decided = [];
        await using AcknowledgedTraffic traffic = new(consortium.Members, TimeSpan.Zero);
        for (int round = 0; round < rounds; round++)
        {
            await traffic.MoreAsync(1, 0, 1, 2, 3);
            await Task.Delay(random.NextDouble() * MomentMax);
            await consortium.KillAsync(0, 1, 2, 3);
            await consortium.StartAsync(0, 1, 2, 3);
            Stopwatch serving = Stopwatch.StartNew();
            await traffic.MoreAsync(1, 0, 1, 2, 3);
            decided.Add(serving.Elapsed);
            Progress.Tell(round + 1, rounds, $"all acknowledge after {serving.Elapsed.TotalSeconds:F2} s");
        }

        await traffic.RequireNothingLostAsync();
        Times times = Times.Of(decided);
        return new TortureReport
        {
            Goal = $"every node acknowledges within {Goal.TotalSeconds:F0} s (2 * Tmax) of the last start",
            Passed = times.Max <= Goal.TotalSeconds,
            Times = new() { ["all serving to all acknowledging"] = times },
            Counts = new() { ["acknowledged, none lost"] = traffic.Acknowledged.Count },
        };
    }
}
