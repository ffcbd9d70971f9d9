using System.Diagnostics;
using System.Globalization;
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
public sealed class SoakRun(SoakOptions options, string folder)
{
    private readonly List<SoakWindow> windows = [];
    private readonly LatencyHistogram latencies = new();
    private HostLimits? limits;
    private double saturatedTxPerS;
    private double seconds;
    private double syncsPerBlock;

    /// <summary>Whether it lasted as long as it was asked to.</summary>
    public bool IsWhole => seconds >= options.Span.TotalSeconds;

    /// <summary>The windows.</summary>
    public IReadOnlyList<SoakWindow> Windows => windows;

    /// <summary>The run in one line; null before the first window.</summary>
    public SoakSummary? Summary => windows.Count == 0 || limits is null ? null : new SoakSummary
    {
        Validators = options.Validators,
        Clients = options.Clients,
        SaturatedTxPerS = Math.Round(saturatedTxPerS, 2),
        OfferedTxPerS = Math.Round(OfferedTxPerS, 2),
        TxPerS = Math.Round(latencies.Count / seconds, 2),
        RecordsPerS = Math.Round(latencies.Count / seconds, 2),
        LatencyMs = latencies.Figures(),
        CpuMsPerTx = Median(window => window.CpuMsPerTx),
        VerifyUs = Math.Round(limits.VerifyUs, 2),
        RssMb = windows.Max(window => window.RssMb),
        LimitTxPerS = Math.Round(limits.LimitTxPerS(options.Validators), 1),
        ShareOfLimit = Math.Round(
            LoadFigures.ShareOf(
                latencies.Count / seconds, limits.LimitTxPerS(options.Validators),
                Median(window => window.ClientCpuShare)),
            4),
        FdatasyncMsP50 = Math.Round(limits.FdatasyncMsP50, 3),
        SyncsPerBlock = Math.Round(syncsPerBlock, 3),
        Rounds = 1,
        Minutes = Math.Round(seconds / 60, 2),
        RssDrift = Drift.Of([.. windows.Select(window => window.RssMb)]),
        P99Drift = Drift.Of([.. windows.Select(window => window.LatencyMs.P99)]),
        CpuDrift = Drift.Of([.. windows.Select(window => window.CpuMsPerTx)]),
    };

    private double OfferedTxPerS => options.Share * saturatedTxPerS;

    /// <summary>Measures.</summary>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        HostCapacity.Read().RequireRoomFor(options.Validators, options.Clients);
        progress.Report($"{options.Validators} validators start in {folder}");
        await using BenchmarkConsortium consortium = await BenchmarkConsortium.StartAsync(
            folder, options.Validators, interrupt);
        await consortium.Watch.GuardAsync(() => MeasureAsync(consortium, progress, interrupt));
    }

    private async Task MeasureAsync(
        BenchmarkConsortium consortium, IProgress<string> progress, CancellationToken interrupt)
    {
        LoadSession session = await LoadSession.OpenAsync(
            consortium, WorldSize.Usual, batch: 1, options.Seed, interrupt);
        limits = HostLimits.Measure(folder);
        await session.HeatAsync(limits, interrupt);
        LoadRound<LedgerCounters> saturated = await session.RunAsync(
            LoadDemand.Closed(LoadPlace.Leader, options.Clients), SoakOptions.Saturation, limits, interrupt);
        interrupt.ThrowIfCancellationRequested();
        saturatedTxPerS = LoadMeasure.Of(saturated.Samples, saturated.Window).OperationsPerS;
        progress.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Clients} clients reach {saturatedTxPerS:N0} tx/s; {OfferedTxPerS:N0} are offered from now on"));
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
        SampleBook book = new(options.Clients);
        LedgerCounters first = await LedgerCounters.TakeAsync(consortium, interrupt);
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
                Note(book.Drain(), before, after, standstill.Take(), Stopwatch.GetElapsedTime(begin).TotalSeconds);
                syncsPerBlock = after.SyncsPerBlockSince(first);
                before = after;
                progress.Report(TextOf(windows[^1]));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(running);
        }

        await running;
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

    private void Note(
        IReadOnlyList<LoadSample> samples, LedgerCounters before, LedgerCounters after, TimeSpan standstill,
        double endS)
    {
        foreach (LoadSample sample in samples.Where(static sample => !sample.IsRefused))
        {
            latencies.Add(sample.Completed - sample.Intended);
        }

        UsageSpan usage = UsageSpan.Between(before.Usage, after.Usage, Environment.ProcessorCount);
        windows.Add(SoakWindow.Of(endS, endS - seconds, samples, usage, standstill));
        seconds = endS;
    }

    private double Median(Func<SoakWindow, double> figure) =>
        Math.Round(MedianInterval.Of(windows.Select(figure)).Median, 4);

    private static string TextOf(SoakWindow window) => string.Create(
        CultureInfo.InvariantCulture,
        $"{window.EndS,8:N0} s: {window.TxPerS:N0} tx/s, p50 {window.LatencyMs.P50:N1} ms, p99 "
        + $"{window.LatencyMs.P99:N1} ms, {window.RssMb:N0} MB, {window.CpuMsPerTx:N3} ms CPU a transaction"
        + $"{(window.StandstillMs >= StandstillWatch.Spoiling.TotalMilliseconds ? ", SPOILT by a standstill" : "")}");
}
