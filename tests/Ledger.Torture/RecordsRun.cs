using System.Diagnostics;

namespace Ledger.Torture;

/// <summary>
/// A node whose record store is under load is killed again and again, each time at a random moment. In the end every
/// statement that was acknowledged is there, and the ledger holds each record once.
/// </summary>
internal static class RecordsRun
{
    private const int Seed = 20260301;
    private const int Tools = 4;

    /// <summary>One acknowledgement more shows that the store takes in; then comes the moment.</summary>
    private const int More = 1;

    private static readonly TimeSpan MomentMax = TimeSpan.FromSeconds(1.5);

    /// <summary>So many kills.</summary>
    public static async Task<TortureReport> RunAsync(TestConsortium consortium, int kills)
    {
        Random random = new(Seed);
        List<TimeSpan> back = [];
        Member store = consortium.Members[0];
        await using RecordTraffic traffic = await RecordTraffic.StartAsync(store, Tools);
        for (int kill = 0; kill < kills; kill++)
        {
            await traffic.MoreAsync(More);
            await Task.Delay(random.NextDouble() * MomentMax);
            await consortium.KillAsync(0);
            Stopwatch down = Stopwatch.StartNew();
            await consortium.StartAsync(0);
            await traffic.MoreAsync(More);
            back.Add(down.Elapsed);
            Progress.Tell(kill + 1, kills, $"{traffic.Acknowledged.Count} acknowledged");
        }

        await traffic.StopAsync();
        int anchored = await RecordAnchors.RequireOnceAsync(
            store, consortium.Members[1], [.. traffic.Acknowledged.Keys]);
        return new TortureReport
        {
            Goal = "0 acknowledged statements lost, 0 anchored twice",
            Passed = true,
            Times = new() { ["kill to the next acknowledgement"] = Times.Of(back) },
            Counts = new()
            {
                ["kills"] = kills,
                ["acknowledged, all anchored once"] = traffic.Acknowledged.Count,
                ["on the ledger, none twice"] = anchored,
                ["sent again, for no answer came"] = traffic.Resent,
            },
        };
    }
}
