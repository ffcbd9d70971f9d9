using System.Globalization;
using Ledger.Benchmarks.Running;
using Spectre.Console;

namespace Ledger.Benchmarks.Load;

/// <summary>Figures of a load, for people.</summary>
public static class LoadText
{
    /// <summary>A quiet host has less than this to do beside a benchmark.</summary>
    private const double QuietShareMax = 0.05;

    /// <summary>One round in one line.</summary>
    public static string LineOf(int round, int clients, LoadFigures figures)
    {
        string end = figures.Partial ? ", ended early"
            : figures.StandstillMs >= StandstillWatch.Spoiling.TotalMilliseconds
                ? string.Create(CultureInfo.InvariantCulture,
                    $", SPOILT: this process stood still for {figures.StandstillMs:N0} ms")
                : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"round {round}, {clients} clients: {figures.TxPerS:N0} tx/s, p50 {figures.LatencyMs.P50:N2} ms, "
            + $"p99 {figures.LatencyMs.P99:N2} ms, {figures.CpuMsPerTx:N3} ms CPU a transaction{end}");
    }

    /// <summary>All points: what clients see, and what it costs.</summary>
    public static void Write(IReadOnlyList<LoadPoint> points)
    {
        if (points.Count == 0)
        {
            return;
        }

        Write(
            ["clients", "tx/s", "records/s", "p50 ms", "p95 ms", "p99 ms", "max ms"],
            points.Select(static point => (string[])
            [
                Whole(point.Clients), Whole(point.TxPerS), Whole(point.RecordsPerS), Two(point.LatencyMs.P50),
                Two(point.LatencyMs.P95), Two(point.LatencyMs.P99), Two(point.LatencyMs.Max),
            ]));
        Write(
            ["clients", "CPU ms/tx", "of limit", "syncs/block", "tx/block", "CPU of client", "CPU of others"],
            points.Select(static point => (string[])
            [
                Whole(point.Clients), point.CpuMsPerTx.ToString("0.000", CultureInfo.InvariantCulture),
                Share(point.ShareOfLimit), Two(point.SyncsPerBlock), Two(point.TxPerBlock),
                Share(point.ClientCpuShare), Share(point.ElsewhereCpuShare),
            ]));
        AnsiConsole.WriteLine(Limits(points[^1]));
        double elsewhere = points.Max(static point => point.ElsewhereCpuShare);
        if (elsewhere > QuietShareMax)
        {
            AnsiConsole.WriteLine(
                $"Others had up to {Share(elsewhere)} of the processors: these figures are not those of a quiet host.");
        }
    }

    private static void Write(string[] columns, IEnumerable<string[]> rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string name in columns)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row);
        }

        AnsiConsole.Write(table);
    }

    private static string Limits(LoadPoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host: a verification takes {point.VerifyUs:N1} us, the signature limit of {point.Validators} validators is "
        + $"{point.LimitTxPerS:N0} tx/s, an append with fdatasync takes {point.FdatasyncMsP50:N2} ms. "
        + $"The largest validator holds {point.RssMb:N0} MB.");

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Two(double value) => value.ToString("N2", CultureInfo.InvariantCulture);

    private static string Share(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
