using System.Globalization;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Spectre.Console;
using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.Load;

/// <summary>Figures of a load, for people.</summary>
public static class LoadText
{
    /// <summary>A quiet host has less than this to do beside a benchmark.</summary>
    private const double QuietShareMax = 0.05;

    /// <summary>One round in one line.</summary>
    public static string LineOf(int round, LoadFigures figures)
    {
        string end = figures.Partial ? ", ended early"
            : figures.StandstillMs >= StandstillWatch.Spoiling.TotalMilliseconds
                ? string.Create(CultureInfo.InvariantCulture,
                    $", SPOILT: this process stood still for {figures.StandstillMs:N0} ms")
                : string.Empty;
        RunFigures run = figures.Run;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"round {round}, {run.Clients} clients: {run.TxPerS:N0} tx/s, p50 {run.LatencyMs.P50:N2} ms, "
            + $"p99 {run.LatencyMs.P99:N2} ms, {run.CpuMsPerTx:N3} ms CPU a transaction{end}");
    }

    /// <summary>All points: what clients see, and what it costs.</summary>
    public static void Write(IReadOnlyList<LoadPoint> points)
    {
        if (points.Count == 0)
        {
            return;
        }

        FigureTable.Write(
            ["clients", "tx/s", "records/s", "p50 ms", "p95 ms", "p99 ms", "max ms"],
            [.. points.Select(static point => point.Run).Select(static run => (string[])
            [
                Whole(run.Clients), Whole(run.TxPerS), Whole(run.RecordsPerS), Two(run.LatencyMs.P50),
                Two(run.LatencyMs.P95), Two(run.LatencyMs.P99), Two(run.LatencyMs.Max),
            ])]);
        FigureTable.Write(
            ["clients", "CPU ms/tx", "of limit", "syncs/block", "tx/block", "CPU of client", "CPU of others"],
            [.. points.Select(static point => (string[])
            [
                Whole(point.Run.Clients), Three(point.Run.CpuMsPerTx), Share(point.Run.ShareOfLimit!.Value),
                point.Run.SyncsPerBlock is { } syncs ? Two(syncs) : "-", Two(point.TxPerBlock),
                Share(point.Run.ClientCpuShare), Share(point.Run.ElsewhereCpuShare),
            ])]);
        AnsiConsole.WriteLine(Limits(points[^1].Run));
        double elsewhere = points.Max(static point => point.Run.ElsewhereCpuShare);
        if (elsewhere > QuietShareMax)
        {
            AnsiConsole.WriteLine(
                $"Others had up to {Share(elsewhere)} of the processors: these figures are not those of a quiet host.");
        }
    }

    private static string Limits(RunFigures run) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host: a verification takes {run.VerifyUs:N1} us, the signature limit of {run.Validators} validators is "
        + $"{run.LimitTxPerS:N0} tx/s, an append with fdatasync takes {run.FdatasyncMsP50:N2} ms. "
        + $"The largest validator holds {run.RssMb:N0} MB.");
}
