using System.Globalization;
using Ledger.Benchmarks.Running;
using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.Scale;

/// <summary>Figures at several sizes, for people.</summary>
public static class ScaleText
{
    /// <summary>All points.</summary>
    public static void Write(IReadOnlyList<ScalePoint> points) => FigureTable.Write(
        ["validators", "records", "height", "tx/s", "p50 ms", "CPU ms/tx", "of one", "look-up p50, p99 ms"],
        [.. points.Select(static point => (string[])
        [
            Whole(point.Load.Run.Validators), Whole(point.RecordsOnLedger),
            point.Height.ToString("N0", CultureInfo.InvariantCulture), Whole(point.Load.Run.TxPerS),
            Three(point.Load.Run.LatencyMs.P50), Three(point.Load.Run.CpuMsPerTx), Three(point.CpuMsPerTxValidator),
            point.LookupMs is { } lookup ? $"{Three(lookup.P50)}, {Three(lookup.P99)}" : "-",
        ])]);
}
