using System.Globalization;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Reads;

/// <summary>
/// <c>bench read</c>: receipts by transaction id from one node, against the web server alone with answers of equal
/// size, by the same clients and in turn.
/// </summary>
public sealed class ReadRun(ReadOptions options, string folder)
{
    /// <summary>Receipts that are verified before anything is measured, and whose mean size is the other's.</summary>
    private const int SampleMax = 100;

    private readonly List<(int Clients, ReadFigures Figures)> measured = [];
    private int answerBytes;

    /// <summary>Whether everything was measured that was asked for.</summary>
    public bool IsWhole => measured.Count == options.Rounds * options.Clients.Count
        && measured.All(entry => !entry.Figures.Partial);

    /// <summary>What was measured, by number of clients.</summary>
    public IReadOnlyList<ReadPoint> Points =>
    [
        .. options.Clients
            .Select(clients => (clients, Rounds: measured.Where(entry => entry.Clients == clients)
                .Select(entry => entry.Figures).ToArray()))
            .Where(point => point.Rounds.Length > 0)
            .Select(point => ReadPoint.Of(options.Validators, point.clients, answerBytes, point.Rounds)),
    ];

    /// <summary>Measures.</summary>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        HostCapacity.Read().RequireRoomFor(options.Validators, options.Clients.Max());
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
                ReadFigures figures = FiguresOf(
                    await LoadAsync(node, clients, consortium, interrupt),
                    await LoadAsync(kestrel, clients, consortium, interrupt));
                measured.Add((clients, figures));
                progress.Report(string.Create(CultureInfo.InvariantCulture,
                    $"round {round}, {clients} clients: {figures.ReadsPerS:N0} reads/s, p50 "
                    + $"{figures.LatencyMs.P50:N2} ms; the web server alone {figures.KestrelPerS:N0}/s; "
                    + $"ratio {figures.RatioKestrel:N3}"));
                interrupt.ThrowIfCancellationRequested();
            }
        }
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

    private Task<LoadRound<UsageSnapshot>> LoadAsync(
        ReadTarget target, int clients, BenchmarkConsortium consortium, CancellationToken interrupt) =>
        ReadLoad.RunAsync(target, clients, options.Times, options.Seed, interrupt, consortium.Watch.Ended);

    private static ReadFigures FiguresOf(LoadRound<UsageSnapshot> node, LoadRound<UsageSnapshot> kestrel)
    {
        LoadMeasure reads = LoadMeasure.Of(node.Samples, node.Window);
        LoadMeasure calls = LoadMeasure.Of(kestrel.Samples, kestrel.Window);
        UsageSpan ofNode = UsageSpan.Between(node.Before, node.After, Environment.ProcessorCount);
        UsageSpan ofKestrel = UsageSpan.Between(kestrel.Before, kestrel.After, Environment.ProcessorCount);
        return new ReadFigures(
            Math.Round(reads.OperationsPerS, 1),
            reads.LatencyMs,
            PerOperation(ofNode, reads),
            Math.Round(calls.OperationsPerS, 1),
            calls.LatencyMs,
            PerOperation(ofKestrel, calls),
            calls.OperationsPerS > 0 ? Math.Round(reads.OperationsPerS / calls.OperationsPerS, 4) : 0,
            Math.Round(ofNode.ResidentBytesMax / (1024.0 * 1024.0), 1),
            Math.Round(ofNode.ClientCpuShare, 4),
            Math.Round(ofNode.ElsewhereCpuShare, 4),
            node.IsPartial || kestrel.IsPartial);
    }

    private static double PerOperation(UsageSpan usage, LoadMeasure measure) => measure.Operations == 0
        ? 0
        : Math.Round(usage.NodesCpu.TotalMilliseconds / measure.Operations, 4);
}
