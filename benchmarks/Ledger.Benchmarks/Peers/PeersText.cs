using System.Globalization;
using Ledger.Benchmarks.Results;
using Spectre.Console;

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
    public static void Write(PeersRun run)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("system", "clients", "tx/s", "records/s", "p50 ms", "p99 ms", "CPU ms/tx");
        foreach (SystemPoint point in run.Points.OrderBy(point => point.Clients))
        {
            table.AddRow(
                point.System, Text(point.Clients, "N0"), Text(point.TxPerS, "N0"), Text(point.RecordsPerS, "N0"),
                Text(point.LatencyMs.P50, "N2"), Text(point.LatencyMs.P99, "N2"), Text(point.CpuMsPerTx, "N3"));
        }

        AnsiConsole.Write(table);
        Table ratios = new Table().Border(TableBorder.Simple)
            .AddColumns("the ledger's over the peer's", "median", "from", "to");
        foreach ((string name, MedianInterval ratio) in PeerRatios.Of(run.Rounds))
        {
            ratios.AddRow(name, Text(ratio.Median, "N3"), Text(ratio.Low, "N3"), Text(ratio.High, "N3"));
        }

        AnsiConsole.Write(ratios);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
