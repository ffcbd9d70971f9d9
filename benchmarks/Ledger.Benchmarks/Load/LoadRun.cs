using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Load;

/// <summary>
/// <c>bench load</c>: in each round every number of clients in turn, so that what else the host does falls on all of
/// them.
/// </summary>
public sealed class LoadRun(LoadOptions options, string folder, OperationCsv? operations) : IBenchmarkRun
{
    private const string Series = "ledger";

    private readonly RoundBook<int, LoadFigures> measured = new(
        options.Clients, options.Rounds, static round => round.Partial);

    private UnaryLimits? unary;

    /// <inheritdoc/>
    public bool IsWhole => measured.IsWhole;

    private IReadOnlyList<LoadPoint> Points => measured.Points((_, rounds) => LoadPoint.Of(options.Shape, rounds));

    /// <inheritdoc/>
    public void Require() => HostCapacity.Read().RequireRoomFor(options.Validators, options.Clients.Max());

    /// <inheritdoc/>
    public Task RunAsync(IProgress<string> progress, CancellationToken interrupt) => BenchmarkConsortium.UseAsync(
        folder, options.Validators, consortium => MeasureAsync(consortium, progress, interrupt), progress, interrupt);

    /// <inheritdoc/>
    public void Show() => LoadText.Write(Points);

    /// <summary>All points; the one with the highest throughput stands for the run.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        IReadOnlyList<LoadPoint> points = Points;
        JsonObject report = ReportFile.Of(context, isPartial, points, points.MaxBy(static point => point.Run.TxPerS));
        report["kestrel_unary"] = ResultJson.Node(unary);
        return report;
    }

    private async Task MeasureAsync(
        BenchmarkConsortium consortium, IProgress<string> progress, CancellationToken interrupt)
    {
        unary = await UnaryLimits.MeasureAsync(interrupt);
        progress.Report("Schools enrol learners and open their contracts");
        LoadSession session = await LoadSession.OpenAsync(
            consortium, Payload.WorldSize.Usual, options.Shape.Batch, options.Seed, interrupt);
        progress.Report("Nodes are driven until their code is compiled");
        await session.HeatAsync(interrupt);
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (int clients in options.Clients)
            {
                MeasuredLoad load = await session.MeasureAsync(
                    new LoadDemand(options.Shape.At, clients, clients, options.Shape.OfferedTxPerS), options.Times,
                    interrupt);
                measured.Add(clients, load.Figures);
                operations?.Write(Series, round, clients, load.Round);
                progress.Report(LoadText.LineOf(round, load.Figures));
                interrupt.ThrowIfCancellationRequested();
            }
        }

        await consortium.RequireEqualHeadsAsync(interrupt);
    }
}
