using System.Text.Json.Nodes;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.ColdStart;

/// <summary>
/// <c>bench coldstart</c>: what a packet of features is worth at a new school, on simulated students.
/// </summary>
/// <param name="seed">Seed of the first round; each round has one of its own.</param>
/// <param name="rounds">Rounds: independent pairs of years.</param>
/// <param name="weeks">Weeks that are observed at the new school.</param>
/// <param name="every">Every so manieth student takes part; 1 for all.</param>
public sealed class ColdStartRun(ulong seed, int rounds, int weeks, int every) : IBenchmarkRun
{
    private readonly List<ColdStartRound> done = [];

    /// <inheritdoc/>
    public bool IsWhole => done.Count == rounds;

    /// <summary>Accuracy by week, over the rounds that were made.</summary>
    public IReadOnlyList<ColdStartWeek> Weeks { get; private set; } = [];

    /// <inheritdoc/>
    public void Require()
    {
    }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        progress.Report("Simulated students; no figure here is of real ones");
        for (int round = 0; round < rounds; round++)
        {
            ulong own = unchecked(seed + (ulong)round);
            done.Add(await Task.Run(() => ColdStartRound.Simulate(own, weeks, every, interrupt), interrupt));
            progress.Report($"round {round + 1} of {rounds}: {done[^1].Newcomers.Count} newcomers");
        }

        Weeks = await Task.Run(
            () => (ColdStartWeek[])[.. Enumerable.Range(0, weeks + 1).Select(week => ColdStartWeek.Of(week, done))],
            interrupt);
    }

    /// <inheritdoc/>
    public void Show() => FigureTable.Write(
        ["weeks", "without", "with", "from", "to", "shuffled", "latent", "gain", "shuffled's"],
        [.. Weeks.Select(static week => (string[])
        [
            FigureTable.Whole(week.Week), FigureTable.Share(week.Without.Median),
            FigureTable.Share(week.WithPacket.Median), FigureTable.Share(week.WithPacket.Low),
            FigureTable.Share(week.WithPacket.High),
            FigureTable.Share(week.Shuffled.Median), FigureTable.Share(week.LatentKnown.Median),
            FigureTable.Share(week.Gain.Median), FigureTable.Share(week.ShuffledGain.Median),
        ])]);

    /// <inheritdoc/>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        JsonObject report = ReportFile.Of<ColdStartWeek>(context, isPartial, Weeks, null);
        report["simulated"] = true;
        report["rounds"] = done.Count;
        report["newcomers"] = done.Count == 0 ? null : done[0].Newcomers.Count;
        report["students"] = ResultJson.Node(done.Take(1)
            .SelectMany(static round => round.Newcomers.Select(one => ColdStartStudent.Of(round, one)))
            .ToArray());
        return report;
    }
}
