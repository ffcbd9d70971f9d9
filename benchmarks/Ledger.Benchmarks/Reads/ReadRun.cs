using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Reads;

/// <summary>
/// <c>bench read</c>: receipts by transaction id from one node, against the web server alone with answers of equal
/// size, by the same clients and in turn.
/// </summary>
public sealed class ReadRun(ReadOptions options, string folder, OperationCsv? operations) : IBenchmarkRun
{
    /// <summary>Receipts that are verified before anything is measured, and whose mean size is the other's.</summary>
    private const int SampleMax = 100;

    private const string NodeSeries = "receipts";
    private const string KestrelSeries = "web-server";

    private readonly RoundBook<int, ReadFigures> measured = new(
        options.Clients, options.Rounds, static round => round.Partial);

    private int answerBytes;

    /// <inheritdoc/>
    public bool IsWhole => measured.IsWhole;

    private IReadOnlyList<ReadPoint> Points => measured.Points((_, rounds) => ReadPoint.Of(answerBytes, rounds));

    /// <inheritdoc/>
    public void Require() => HostCapacity.Read().RequireRoomFor(options.Validators, options.Clients.Max());

    /// <inheritdoc/>
    public Task RunAsync(IProgress<string> progress, CancellationToken interrupt) => BenchmarkConsortium.UseAsync(
        folder, options.Validators, consortium => MeasureAsync(consortium, progress, interrupt), progress, interrupt);

    /// <inheritdoc/>
    public void Show() => ReadText.Write(Points);

    /// <summary>All points; the one with the most reads stands for the run.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        IReadOnlyList<ReadPoint> points = Points;
        return ReportFile.Of(context, isPartial, points, points.MaxBy(static point => point.Compared.ReadsPerS));
    }

    private async Task MeasureAsync(
        BenchmarkConsortium consortium, IProgress<string> progress, CancellationToken interrupt)
    {
        LoadSession session = await LoadSession.OpenAsync(
            consortium, WorldSize.Usual, batch: 1, options.Seed, interrupt);
        progress.Report($"{options.Transactions} transactions are written, whose receipts are read then");
        TransactionSupply supply = (await session.SuppliesAsync(LoadPlace.Follower, interrupt))[0];
        IReadOnlyList<Hash256> ids = await session.WriteAsync(
            supply, options.Transactions, LoadSession.WriteClients, interrupt);
        await consortium.RequireEqualHeadsAsync(interrupt);
        ReadTarget node = await NodeAsync(consortium, supply.School, ids, interrupt);
        await using BytesServerProcess server = await BytesServerProcess.StartAsync(answerBytes, interrupt);
        ReadTarget kestrel = new(
            server.Address, server.TlsPin, server.ProcessId, node.Requests, answerBytes);
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (int clients in options.Clients)
            {
                ReadFigures figures = await MeasureAsync(consortium, node, kestrel, round, clients, interrupt);
                measured.Add(clients, figures);
                progress.Report(ReadText.LineOf(round, figures));
                interrupt.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<ReadFigures> MeasureAsync(
        BenchmarkConsortium consortium, ReadTarget node, ReadTarget kestrel, int round, int clients,
        CancellationToken interrupt)
    {
        HostLimits before = HostLimits.Measure(folder);
        LoadRound<LedgerCounters> reads = await ReadLoad.RunAsync(
            node, clients, options.Times, options.Seed,
            () => LedgerCounters.TakeAsync(consortium, consortium.Watch.Ended), interrupt, consortium.Watch.Ended);
        operations?.Write(NodeSeries, round, clients, reads);
        LoadRound<UsageSnapshot> calls = await ReadLoad.RunAsync(
            kestrel, clients, options.Times, options.Seed,
            () => Task.FromResult(UsageSnapshot.Take([kestrel.ProcessId])), interrupt, consortium.Watch.Ended);
        operations?.Write(KestrelSeries, round, clients, calls);
        HostLimits limits = HostLimits.Around(before, HostLimits.Measure(folder));
        int place = consortium.Members.TakeWhile(member => member.ProcessId != node.ProcessId).Count();
        return ReadFigures.Of(clients, reads, place, calls, limits);
    }

    private async Task<ReadTarget> NodeAsync(
        BenchmarkConsortium consortium, BenchmarkMember school, IReadOnlyList<Hash256> ids,
        CancellationToken cancellation)
    {
        Uri address = new(school.Ready.Api);
        Invariant.That(Hash256.TryParse(school.Ready.TlsPin, out Hash256 pin));
        using RawCaller caller = new(address, pin);
        NodeQuestions questions = await NodeQuestions.OfAsync(consortium.ChainId, school, caller, cancellation);
        RawRequest[] requests = [.. ids.Select(questions.ReceiptOf)];
        byte[] genesis = await school.Client.GetGenesisAsync(cancellation);
        int[] sizes = new int[Math.Min(requests.Length, SampleMax)];
        for (int place = 0; place < sizes.Length; place++)
        {
            byte[] answer = await caller.CallAsync(requests[place * requests.Length / sizes.Length], cancellation);
            NodeQuestions.RequireReceipt(answer, genesis);
            sizes[place] = answer.Length;
        }

        answerBytes = (int)sizes.Average();
        return new ReadTarget(address, pin, school.ProcessId, requests, sizes.Min() / 2);
    }
}
