using System.Diagnostics;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Workload;

namespace Ledger.Benchmarks.Dictionary;

/// <summary>
/// <c>bench dictionary</c>: guesses against the commitments of a known roster, and the same against commitments without
/// salts, where they must be found.
/// </summary>
/// <param name="seed">Seed of the population.</param>
/// <param name="records">Records that are attacked.</param>
/// <param name="guesses">Guesses at the least.</param>
public sealed class DictionaryRun(ulong seed, int records, long guesses) : IBenchmarkRun
{
    private double? seconds;
    private long? hits;
    private long? controlHits;

    /// <summary>Salts that are guessed for each record, so that there are guesses enough.</summary>
    private int Salts =>
        checked((int)((guesses + (records * (long)DictionaryAttack.GuessesOfRecord) - 1)
            / (records * (long)DictionaryAttack.GuessesOfRecord)));

    /// <inheritdoc/>
    public bool IsWhole => hits is not null && controlHits is not null;

    /// <summary>No guess was right, and in the control every record was found.</summary>
    public bool IsRight => hits == 0 && controlHits >= records;

    /// <inheritdoc/>
    public void Require()
    {
    }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        DictionaryAttack attack = DictionaryAttack.On(new Population(seed), records);
        if (attack.Targets < records)
        {
            throw new BenchmarkException($"The population has {attack.Targets} graded records; attack no more.");
        }

        controlHits = await Task.Run(
            () => attack.Hits(attack.Unsalted(), salts: 1, static _ => { }, interrupt), interrupt);
        progress.Report($"control without salts: {controlHits} hits for {records} records");
        Stopwatch watch = Stopwatch.StartNew();
        long told = 0;
        hits = await Task.Run(
            () => attack.Hits(
                attack.Salted(),
                Salts,
                made =>
                {
                    long tenth = made * 10 / Total;
                    if (Interlocked.Exchange(ref told, tenth) < tenth)
                    {
                        progress.Report($"{made:N0} guesses");
                    }
                },
                interrupt),
            interrupt);
        seconds = Math.Round(watch.Elapsed.TotalSeconds, 1);
        progress.Report($"with salts: {hits} hits in {Total:N0} guesses");
    }

    /// <inheritdoc/>
    public void Show() => FigureTable.Write(
        ["attack", "records", "guesses", "hits"],
        IsWhole
            ?
            [
                ["fresh salts", FigureTable.Whole(records), FigureTable.Whole(Total), FigureTable.Whole(hits!.Value)],
                [
                    "control: no salts", FigureTable.Whole(records),
                    FigureTable.Whole(records * (double)DictionaryAttack.GuessesOfRecord),
                    FigureTable.Whole(controlHits!.Value),
                ],
            ]
            : []);

    /// <inheritdoc/>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        JsonObject report = ReportFile.Of(context, isPartial, null);
        report["records"] = records;
        report["guesses"] = Total;
        report["hits"] = hits;
        report["control_guesses"] = records * (long)DictionaryAttack.GuessesOfRecord;
        report["control_hits"] = controlHits;
        report["seconds"] = seconds;
        return report;
    }

    private long Total => records * (long)DictionaryAttack.GuessesOfRecord * Salts;
}
