using System.Diagnostics;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>A replay's operations as a table, times in milliseconds from time 0.</summary>
public static class OperationsCsv
{
    /// <summary>The head of the table.</summary>
    public const string Head = "operation,kind,transaction,released_ms,decided_ms";

    /// <summary>Writes the table.</summary>
    public static Task WriteAsync(string file, ReplayRun run, CancellationToken cancellation) =>
        File.WriteAllLinesAsync(file, Lines(run), cancellation);

    private static IEnumerable<string> Lines(ReplayRun run) => run.Times
        .Select(time => CsvLine.Of(
            time.Number, time.Kind, time.Unit, Milliseconds(time.Released - run.Start),
            Milliseconds(time.Decided - run.Start)))
        .Prepend(Head);

    private static double Milliseconds(long span) => Math.Round(span * 1000.0 / Stopwatch.Frequency, 3);
}
