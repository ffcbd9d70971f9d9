using System.Diagnostics;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>A replay's operations as a table, times in milliseconds from time 0 of their run.</summary>
public sealed class OperationsCsv
{
    /// <summary>The head of the table.</summary>
    public const string Head = "nodes,operation,kind,transaction,released_ms,decided_ms";

    private readonly TextWriter table;

    private OperationsCsv(TextWriter table)
    {
        this.table = table;
        table.WriteLine(Head);
    }

    /// <summary>Begins a table, which the caller closes; null where none was asked for.</summary>
    public static OperationsCsv? On(TextWriter? table) => table is null ? null : new OperationsCsv(table);

    /// <summary>Writes the operations of a run.</summary>
    public void Write(ReplayRun run)
    {
        foreach (OperationTime time in run.Times)
        {
            table.WriteLine(CsvLine.Of(
                run.Figures.Nodes, time.Number, time.Kind, time.Unit, Milliseconds(time.Released - run.Start),
                Milliseconds(time.Decided - run.Start)));
        }

        table.Flush();
    }

    private static double Milliseconds(long span) => Math.Round(span * 1000.0 / Stopwatch.Frequency, 3);
}
