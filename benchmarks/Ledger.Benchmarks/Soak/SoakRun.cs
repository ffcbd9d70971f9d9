using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Soak;

/// <summary>
/// <c>bench soak</c>: saturates the nodes, then offers them a share of that for a long time, and compares the windows.
/// </summary>
public sealed class SoakRun(SoakOptions options, string folder, OperationCsv? operations) : IBenchmarkRun
{
    private const string Series = "offered";

    /// <summary>Under load a node that goes on decides in any span as long as this.</summary>
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(10);

    private readonly List<SoakWindow> windows = [];
    private readonly LatencyHistogram latencies = new();
    private MeasuredLoad? saturated;
    private LedgerCounters? first;
    private LedgerCounters? last;
    private double seconds;

    /// <summary>Whether it lasted as long as it was asked to.</summary>
    public bool IsWhole => seconds >= options.Span.TotalSeconds;

    private double SaturatedTxPerS => saturated?.Figures.Run.TxPerS ?? 0;

    private IEnumerable<PaceFigures> Hosts => windows.Select(window => window.Host).OfType<PaceFigures>();

    private double OfferedTxPerS => options.Share * SaturatedTxPerS;

    /// <inheritdoc/>
    public void Require() => HostCapacity.Read().RequireRoomFor(options.Validators, options.Clients);

    /// <inheritdoc/>
    public Task RunAsync(IProgress<string> progress, CancellationToken interrupt) => BenchmarkConsortium.UseAsync(
        folder, options.Validators, consortium => MeasureAsync(consortium, progress, interrupt), progress, interrupt);

    /// <inheritdoc/>
    public void Show() => SoakText.Write(Summary());

    /// <summary>All windows; what they say together stands for the run.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        JsonObject report = ReportFile.Of(context, isPartial, Summary());
        report[ReportFile.Points] = ResultJson.Node(windows);
        return report;
    }

    // Null before the first window.
    private SoakSummary? Summary() => windows.Count == 0 ? null : new SoakSummary
    {
        Run = RunFigures.Of(
            options.Clients,
            new LoadMeasure(latencies.Count, latencies.Count, Refused: 0, seconds, latencies.Figures()),
            first!, last!, saturated!.Limits) with { RssMb = windows.Max(window => window.RssMb) },
        SaturatedTxPerS = Math.Round(SaturatedTxPerS, RunFigures.Decimals),
        OfferedTxPerS = Math.Round(OfferedTxPerS, RunFigures.Decimals),
        Minutes = Math.Round(seconds / 60, 2),
        RssDrift = Drift.Of([.. windows.Select(window => window.RssMb)]),
        P99Drift = Drift.Of([.. windows.Select(window => window.LatencyMs.P99)]),
        CpuDrift = Drift.Of([.. windows.Select(window => window.CpuMsPerTx)]),
        HostVerifyDrift = Drift.Of([.. Hosts.Select(host => host.VerifyUs)]),
        HostReadDrift = Drift.Of([.. Hosts.Select(host => host.ReadNs)]),
    };

    private async Task MeasureAsync(
        BenchmarkConsortium consortium, IProgress<string> progress, CancellationToken interrupt)
    {
        LoadSession session = await LoadSession.OpenAsync(
            consortium, WorldSize.Usual, batch: 1, options.Seed, interrupt);
        await session.HeatAsync(interrupt);
        saturated = await session.MeasureAsync(
            LoadDemand.Closed(LoadPlace.Leader, options.Clients), SoakOptions.Saturation, interrupt);
        interrupt.ThrowIfCancellationRequested();
        progress.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Clients} clients reach {SaturatedTxPerS:N0} tx/s; {OfferedTxPerS:N0} are offered from now on"));
        TransactionSupply supply = (await session.SuppliesAsync(LoadPlace.Leader, interrupt))[0];
        await using RollingSupply rolling = new(supply, OfferedTxPerS);
        await using LaneSet lanes = new([supply], options.Clients);
        await OfferAsync(consortium, new OpenLoop(lanes.Clients, OfferedTxPerS), progress, interrupt);
        await consortium.RequireEqualHeadsAsync(interrupt);
    }

    private async Task OfferAsync(
        BenchmarkConsortium consortium, OpenLoop loop, IProgress<string> progress, CancellationToken interrupt)
    {
        using CancellationTokenSource stop = new();
        using StandstillWatch standstill = new();
        using HostPace pace = new();
        SampleBook book = new(options.Clients);
        first = await LedgerCounters.TakeAsync(consortium, interrupt);
        long begin = Stopwatch.GetTimestamp();
        Task running = loop.RunAsync(book, stop.Token, consortium.Watch.Ended);
        try
        {
            LedgerCounters before = first;
            while (!IsWhole && !interrupt.IsCancellationRequested)
            {
                await Task.WhenAny(running, Task.Delay(options.WindowSpan, interrupt));
                await RequireRunningAsync(running);
                LedgerCounters after = await LedgerCounters.TakeAsync(consortium, consortium.Watch.Ended);
                RequireAllGoOn(consortium, before, after);
                last = after;
                Note(
                    book.Drain(), new LoadWindow(begin, Stopwatch.GetTimestamp()),
                    UsageSpan.Between(before.Usage, after.Usage, Environment.ProcessorCount), standstill.Take(),
                    pace.Take());
                before = after;
                progress.Report(SoakText.LineOf(windows[^1]));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(running);
        }

        await running;
    }

    // A quorum without one is faster: its figures would be taken for those of all.
    private static void RequireAllGoOn(BenchmarkConsortium consortium, LedgerCounters before, LedgerCounters after)
    {
        TimeSpan passed = Stopwatch.GetElapsedTime(before.Usage.At, after.Usage.At);
        if (passed >= StandsStill && after.StoodStillSince(before) is [int node, ..])
        {
            throw new BenchmarkException(string.Create(
                CultureInfo.InvariantCulture,
                $"{consortium.Members[node].Node.Name} has decided nothing since height {after.Heights[node]} for "
                + $"{passed.TotalSeconds:N0} s, and others {after.BlocksSince(before)} blocks meanwhile. "
                + $"Its log is {consortium.Members[node].Node.LogFile}."));
        }
    }

    private static async Task RequireRunningAsync(Task running)
    {
        if (running.IsCompleted)
        {
            await running;
            throw new BenchmarkException(
                "The load generator could not sign as fast as it sent, so the run ended. Use a smaller --share.");
        }
    }

    // The window of all that was measured so far ends with this one.
    private void Note(
        IReadOnlyList<LoadSample> samples, LoadWindow measured, UsageSpan usage, TimeSpan standstill,
        PaceFigures? host)
    {
        foreach (LoadSample sample in samples.Where(static sample => !sample.IsRefused))
        {
            latencies.Add(sample.Completed - sample.Intended);
        }

        windows.Add(SoakWindow.Of(measured.Seconds, measured.Seconds - seconds, samples, usage, standstill, host));
        seconds = measured.Seconds;
        operations?.Write(Series, windows.Count, options.Clients, samples, measured);
    }
}
