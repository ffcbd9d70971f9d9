using System.Diagnostics;
using Ledger.Client.Protos;

namespace Ledger.Torture;

/// <summary>
/// Row 2 of the fault model: f+1 nodes are gone for as long as so many views take whose timers double up to Tmax, then
/// come back; nobody does anything else. The views themselves do not run away: a replica that has left waits until q
/// validators are known to have left too (C-8), so that only time passes.
/// </summary>
internal static class SilenceRun
{
    private const double TimeoutFirst = 1;

    private const double TimeoutMax = 16;

    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(2 * TimeoutMax);

    /// <summary>A silence of so many views.</summary>
    public static async Task<TortureReport> RunAsync(TestConsortium consortium, int views)
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(1, 0, 1, 2, 3);
        await consortium.KillAsync(0, 1);
        Stopwatch silent = Stopwatch.StartNew();
        ulong height = (await StatusAsync(consortium)).Height;
        double passed = 0;
        for (int view = 0; view < views; view++)
        {
            // What was under way when the nodes died may be decided in the first of these.
            height = view == 0 ? height + 1 : (await StatusAsync(consortium)).Height;
            passed += Math.Min(TimeoutMax, TimeoutFirst * Math.Pow(2, Math.Min(view, 10)));
            ulong limit = height;
            await Waiting.WhileAsync(
                "two of four decide nothing",
                TimeSpan.FromSeconds(passed) - silent.Elapsed,
                async () => (await StatusAsync(consortium)).Height <= limit);
            Progress.Tell(view + 1, views, $"silent for {silent.Elapsed.TotalSeconds:F0} s");
        }

        NodeStatus before = await StatusAsync(consortium);
        Stopwatch started = Stopwatch.StartNew();
        await consortium.StartAsync(0, 1);
        TimeSpan served = started.Elapsed;
        await Waiting.UntilAsync(
            "a block is decided", async () => (await StatusAsync(consortium)).Height > before.Height);
        TimeSpan decided = started.Elapsed;
        await traffic.MoreAsync(1, 0, 1, 2, 3);
        TimeSpan everywhere = started.Elapsed;
        await traffic.RequireNothingLostAsync();
        return new TortureReport
        {
            Goal = $"a block within {Goal.TotalSeconds:F0} s (2 * Tmax) of the restart, without an operator",
            Passed = decided <= Goal,
            Times = new()
            {
                ["start to serving"] = Times.Of([served]),
                ["start to the first block"] = Times.Of([decided]),
                ["start to all four acknowledging"] = Times.Of([everywhere]),
            },
            Counts = new()
            {
                ["seconds of silence"] = (long)passed,
                ["views passed meanwhile"] = (long)before.View,
                ["acknowledged, none lost"] = traffic.Acknowledged.Count,
            },
        };
    }

    private static Task<NodeStatus> StatusAsync(TestConsortium consortium) =>
        consortium.Members[2].Client.GetStatusAsync(CancellationToken.None);
}
