using System.Globalization;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.Peers;

/// <summary>The ledger and its peers, for people.</summary>
public static class PeersText
{
    /// <summary>One load in one line.</summary>
    public static string LineOf(SystemRound round) => string.Create(
        CultureInfo.InvariantCulture,
        $"round {round.Round}, {round.Clients} clients, {round.System}: {round.TxPerS:N0}/s, "
        + $"{round.RecordsPerS:N0} records/s, p50 {round.LatencyMs.P50:N2} ms, p99 {round.LatencyMs.P99:N2} ms"
        + $"{(round.Partial ? ", ended early" : string.Empty)}");

    /// <summary>Medians and ratios.</summary>
    public static void Write(
        IReadOnlyList<SystemPoint> points, IReadOnlyDictionary<string, MedianInterval> ratios)
    {
        FigureTable.Write(
            ["system", "clients", "tx/s", "records/s", "p50 ms", "p99 ms", "CPU ms/tx"],
            [.. points.OrderBy(static point => point.Clients).Select(static point => (string[])
            [
                point.System, Whole(point.Clients), Whole(point.TxPerS), Whole(point.RecordsPerS),
                Two(point.LatencyMs.P50), Two(point.LatencyMs.P99), Three(point.CpuMsPerTx),
            ])]);
        FigureTable.Write(
            ["the ledger's over the peer's", "median", "from", "to"],
            [.. ratios.Select(static ratio => (string[])
                [ratio.Key, Three(ratio.Value.Median), Three(ratio.Value.Low), Three(ratio.Value.High)])]);
    }
}
