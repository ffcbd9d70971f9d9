using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.Granted;

/// <summary>
/// <c>bench granted</c>: reads of a learner's records between two institutions, each with a fresh read, a block for the
/// trail, TLS, and the verification of every record.
/// </summary>
public sealed class GrantedRun(GrantedOptions options, string folder, OperationCsv? operations) : IBenchmarkRun
{
    private const string Series = "granted";

    private readonly RoundBook<int, GrantedFigures> measured = new(
        options.Clients, options.Rounds, static round => round.Partial);

    /// <inheritdoc/>
    public bool IsWhole => measured.IsWhole;

    private IReadOnlyList<GrantedFigures> Points =>
        measured.Points(static (_, rounds) => GrantedFigures.MediansOf(rounds));

    /// <inheritdoc/>
    public void Require() => HostCapacity.Read().RequireRoomFor(options.Validators, options.Clients.Max());

    /// <inheritdoc/>
    public Task RunAsync(IProgress<string> progress, CancellationToken interrupt) => BenchmarkConsortium.UseAsync(
        folder, options.Validators, consortium => MeasureAsync(consortium, progress, interrupt), progress, interrupt);

    /// <inheritdoc/>
    public void Show() => FigureTable.Write(
        ["readers", "records", "reads/s", "p50 ms", "p95 ms", "p99 ms", "verify p50 ms", "verified/s"],
        [.. Points.Select(static point => (string[])
        [
            Whole(point.Run.Clients), Whole(point.Records), Three(point.Run.TxPerS), Three(point.Run.LatencyMs.P50),
            Three(point.Run.LatencyMs.P95), Three(point.Run.LatencyMs.P99), Three(point.VerifyMs.P50),
            Whole(point.VerifiedPerS),
        ])]);

    /// <summary>All points; the one with the fewest readers stands for the run.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        IReadOnlyList<GrantedFigures> points = Points;
        return ReportFile.Of(context, isPartial, points, points.MinBy(static point => point.Run.Clients));
    }

    private async Task MeasureAsync(
        BenchmarkConsortium consortium, IProgress<string> progress, CancellationToken interrupt)
    {
        progress.Report($"{options.Records} records are taken in, anchored and granted");
        GrantedWorld world = await GrantedWorld.FoundAsync(consortium, options.Records, interrupt);
        await consortium.RequireEqualHeadsAsync(interrupt);
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (int clients in options.Clients)
            {
                GrantedFigures figures = await MeasureAsync(consortium, world, round, clients, interrupt);
                measured.Add(clients, figures);
                progress.Report(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}, {clients} readers: p50 {figures.Run.LatencyMs.P50:N1} ms, verification p50 "
                    + $"{figures.VerifyMs.P50:N1} ms"));
                interrupt.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<GrantedFigures> MeasureAsync(
        BenchmarkConsortium consortium, GrantedWorld world, int round, int clients, CancellationToken interrupt)
    {
        HostLimits before = HostLimits.Measure(folder);
        GrantedClient[] readers =
            [.. Enumerable.Range(0, clients).Select(_ => new GrantedClient(world, options.Records))];
        try
        {
            LoadRound<LedgerCounters> reads = await LoadRound<LedgerCounters>.RunAsync(
                new ClosedLoop(readers), clients, options.Times,
                () => LedgerCounters.TakeAsync(consortium, consortium.Watch.Ended), interrupt,
                consortium.Watch.Ended);
            operations?.Write(Series, round, clients, reads);
            return GrantedFigures.Of(
                clients, options.Records, reads, readers.SelectMany(static reader => reader.Verifications),
                HostLimits.Around(before, HostLimits.Measure(folder)));
        }
        finally
        {
            foreach (GrantedClient reader in readers)
            {
                reader.Dispose();
            }
        }
    }
}
