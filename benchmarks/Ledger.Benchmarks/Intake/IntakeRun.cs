using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Intake;

/// <summary>
/// <c>bench intake</c>: one record store, filled in batches, then written to singly, queried and paged through.
/// </summary>
public sealed class IntakeRun(IntakeOptions options, string folder) : IBenchmarkRun
{
    /// <summary>What a record takes in the store's file and in the file of rendered bodies, with room.</summary>
    private const int BytesOfRecord = 8_000;

    private readonly List<IntakePoint> points = [];
    private HostLimits? limits;
    private double rssPeakMb;

    /// <inheritdoc/>
    public bool IsWhole => points.Count == IntakePhases.All.Count;

    /// <inheritdoc/>
    public void Require()
    {
        Directory.CreateDirectory(folder);
        long bytes = (long)options.Records * BytesOfRecord;
        if (bytes > new DriveInfo(folder).AvailableFreeSpace)
        {
            throw new BenchmarkException(FormattableString.Invariant(
                $"So many records take about {bytes / (1024 * 1024):N0} MiB; {folder} has less to give."));
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        using RunLock runLock = RunLock.Take(folder);
        Directory.Delete(folder, recursive: true);
        limits = HostLimits.Measure(folder);
        try
        {
            await using RecordServerProcess server =
                await RecordServerProcess.StartAsync(Path.Combine(folder, "store"), interrupt);
            IntakePhases phases = new(options, server, folder);
            await phases.RunAsync(
                point =>
                {
                    points.Add(point);
                    rssPeakMb = PeakMemory.OfMb(server.ProcessId);
                },
                progress,
                interrupt);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Show() => IntakeText.Write(points);

    /// <summary>A point for each phase; the batches of statements stand for the run.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        JsonObject report = ReportFile.Of(context, isPartial, Summary());
        report[ReportFile.Points] = ResultJson.Node(points);
        return report;
    }

    private IntakeSummary? Summary() => points.Count > 0 && limits is not null
        ? new IntakeSummary(
            points[0].Clients, points[0].TxPerS, points[0].RecordsPerS, points[0].LatencyMs, points[0].CpuMsPerTx,
            Math.Round(limits.VerifyUs, RunFigures.Decimals), Math.Round(limits.FdatasyncMsP50, RunFigures.Decimals),
            Math.Round(rssPeakMb, 1), Paging(), Rounds: 1)
        : null;

    private double? Paging() => IsWhole
        ? Math.Round(points[^1].LatencyMs.P50 / points[^2].LatencyMs.P50, 3)
        : null;
}
