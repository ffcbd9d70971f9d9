using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Parts;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Parts.State;

namespace Ledger.Benchmarks.State;

/// <summary>
/// <c>bench state</c>: ledgers of several sizes in one process of their own, each with a store of the node's settings;
/// in each round all of them, one after the other.
/// </summary>
public sealed class StateRun(StateOptions options, string folder) : IBenchmarkRun
{
    /// <summary>What a record takes in the store's files while they are put together: about twice what stays.</summary>
    private const int BytesOfRecord = 700;

    private readonly string rows = Path.Combine(folder, "state.json");
    private HostLimits? limits;

    /// <inheritdoc/>
    public bool IsWhole => Measured() is { } measured
        && measured.Rounds.Count == options.Rounds * options.Records.Count;

    /// <inheritdoc/>
    public void Require()
    {
        long bytes = options.Records.Sum(static records => (long)records) * BytesOfRecord;
        Directory.CreateDirectory(folder);
        if (bytes > new DriveInfo(folder).AvailableFreeSpace)
        {
            throw new BenchmarkException(FormattableString.Invariant(
                $"The stores of these sizes take about {bytes / (1024 * 1024):N0} MiB; {folder} has less to give."));
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        using RunLock runLock = RunLock.Take(folder);
        Clear();
        limits = HostLimits.Measure(folder);
        progress.Report($"Records are filled in, below {folder}");
        try
        {
            await PartsProcess.RunAsync(
                [
                    "state", "--records", .. options.Records.Select(Text), "--learners", Text(options.Learners),
                    "--rounds", Text(options.Rounds), "--blocks", Text(options.Blocks), "--lookups",
                    Text(options.Lookups), "--folder", folder, "--json", rows,
                ],
                interrupt);
        }
        finally
        {
            RemoveStores();
        }
    }

    /// <inheritdoc/>
    public void Show() => StateText.Write(Points());

    /// <summary>A point for each size. What a run with nodes has is absent, but for what the host bears.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        JsonObject report = ReportFile.Of(context, isPartial, Summary());
        report[ReportFile.Points] = ResultJson.Node(Points());
        return report;
    }

    private IReadOnlyList<StatePoint> Points() => Measured() is { } measured ? StatePoint.Of(measured) : [];

    private StateSummary? Summary() => Measured() is { } measured && limits is not null
        ? new StateSummary(
            Math.Round(limits.VerifyUs, RunFigures.Decimals), Math.Round(limits.FdatasyncMsP50, RunFigures.Decimals),
            measured.Rounds.Max(round => round.Round), measured.Learners, measured.RecordsOfBlock,
            measured.BlockCacheBytes / (1024.0 * 1024))
        : null;

    private StateRows? Measured() => limits is not null && File.Exists(rows) ? StateRows.Read(rows) : null;

    // What a run before left, or one that was killed.
    private void Clear()
    {
        RemoveStores();
        File.Delete(rows);
    }

    private void RemoveStores()
    {
        foreach (string store in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
        {
            Directory.Delete(store, recursive: true);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
