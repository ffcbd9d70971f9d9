using System.Globalization;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Reads;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;
using Ledger.Contracts.State;
using Ledger.Devnet;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Scale;

/// <summary>
/// The same load on one consortium while its records grow, and then while its chain grows, by transactions of random
/// learners and verbs.
/// </summary>
internal sealed class GrowthScale(ScaleOptions options, string folder, OperationCsv? operations)
{
    /// <summary>Transactions that are prepared at once while records are filled in: 50 MB.</summary>
    private const int FillingTransactions = 512;

    /// <summary>Keys that look-ups choose from.</summary>
    private const int LookupKeys = 4_096;

    private const int LookupClients = 16;

    /// <summary>Blocks of one transaction that are added before the height is asked for again.</summary>
    private const int BlocksAtOnce = 500;

    private readonly List<ScalePoint> points = [];

    public bool IsWhole => points.Count == options.Records.Count + options.Blocks.Count
        && points.All(point => point.Load.EachRound.Count == options.Rounds
            && point.Load.EachRound.All(round => !round.Partial));

    public IReadOnlyList<ScalePoint> Points => points;

    public Task RunAsync(IProgress<string> progress, CancellationToken interrupt) => BenchmarkConsortium.UseAsync(
        folder, DevnetPlan.NodesMin, consortium => GrowAsync(consortium, progress, interrupt),
        progress, interrupt);

    private async Task GrowAsync(
        BenchmarkConsortium consortium, IProgress<string> progress, CancellationToken interrupt)
    {
        BenchmarkMember school = consortium.Members[await consortium.LeaderAsync(interrupt)];
        LoadSession session = await LoadSession.OpenAsync(
            consortium, [school], options.World, batch: 1, options.Seed, interrupt);
        TransactionSupply supply = (await session.SuppliesAsync(LoadPlace.All, interrupt))[0];
        await session.HeatAsync(interrupt);
        foreach (int wanted in options.Records)
        {
            await FillAsync(session, supply, wanted, progress, interrupt);
            await MeasureAsync(ScaleKind.Records, consortium, session, supply, progress, interrupt);
        }

        foreach (int wanted in options.Blocks)
        {
            await LengthenAsync(session, supply, (ulong)wanted, progress, interrupt);
            await MeasureAsync(ScaleKind.Blocks, consortium, session, supply, progress, interrupt);
        }

        await consortium.RequireEqualHeadsAsync(interrupt);
    }

    private static async Task FillAsync(
        LoadSession session, TransactionSupply supply, long wanted, IProgress<string> progress,
        CancellationToken interrupt)
    {
        TransactionSupply filling = supply.Shaped(TransactionShape.Filling);
        progress.Report(string.Create(CultureInfo.InvariantCulture, $"Records are filled in, up to {wanted:N0}"));
        while (session.RecordsWritten < wanted)
        {
            long missing = wanted - session.RecordsWritten + TransactionShape.Filling.Records - 1;
            await session.WriteAsync(
                filling, (int)Math.Min(FillingTransactions, missing / TransactionShape.Filling.Records),
                LoadSession.WriteClients, interrupt);
        }
    }

    // One client: each of its transactions has a block of its own.
    private static async Task LengthenAsync(
        LoadSession session, TransactionSupply supply, ulong wanted, IProgress<string> progress,
        CancellationToken interrupt)
    {
        progress.Report(string.Create(CultureInfo.InvariantCulture, $"Blocks are added, up to height {wanted:N0}"));
        while ((await supply.School.Client.GetStatusAsync(interrupt)).Height is ulong height && height < wanted)
        {
            await session.WriteAsync(
                supply, (int)Math.Min(BlocksAtOnce, wanted - height), clients: 1, interrupt);
        }
    }

    private async Task MeasureAsync(
        ScaleKind kind, BenchmarkConsortium consortium, LoadSession session, TransactionSupply supply,
        IProgress<string> progress, CancellationToken interrupt)
    {
        long records = session.RecordsWritten;
        ulong height = (await supply.School.Client.GetStatusAsync(interrupt)).Height;
        LatencyMs lookup = await LookUpAsync(consortium, supply, interrupt);
        string name = kind == ScaleKind.Records
            ? FormattableString.Invariant($"{records}-records")
            : FormattableString.Invariant($"{height}-blocks");
        List<LoadFigures> rounds = [];
        try
        {
            for (int round = 1; round <= options.Rounds && !interrupt.IsCancellationRequested; round++)
            {
                MeasuredLoad load = await session.MeasureAsync(
                    LoadDemand.Closed(LoadPlace.All, options.Clients), options.Times, interrupt);
                rounds.Add(load.Figures);
                operations?.Write(name, round, options.Clients, load.Round);
                progress.Report(string.Create(
                    CultureInfo.InvariantCulture, $"{records:N0} records, height {height:N0}, ")
                    + LoadText.LineOf(round, load.Figures));
            }
        }
        finally
        {
            // What was measured at this size stays when a node ends in a later round.
            if (rounds.Count > 0)
            {
                points.Add(ScalePoint.Of(kind, records, height, lookup, LoadPlace.All, rounds));
            }
        }

        interrupt.ThrowIfCancellationRequested();
    }

    private async Task<LatencyMs> LookUpAsync(
        BenchmarkConsortium consortium, TransactionSupply supply, CancellationToken interrupt)
    {
        Invariant.That(Hash256.TryParse(supply.School.Ready.TlsPin, out Hash256 pin));
        Uri address = new(supply.School.Ready.Api);
        using RawCaller caller = new(address, pin);
        NodeQuestions questions = await NodeQuestions.OfAsync(
            consortium.ChainId, supply.School, caller, interrupt);
        RawRequest[] requests = [.. Enumerable.Range(0, LookupKeys)
            .Select(place => questions.StateOf(RangeOf(supply, Draws.Bytes(options.Seed, (ulong)place, 1))))];
        byte[] answer = await caller.CallAsync(requests[0], interrupt);
        NodeQuestions.RequireState(answer, await supply.School.Client.GetGenesisAsync(interrupt));
        ReadTarget target = new(address, pin, supply.School.ProcessId, requests, answer.Length / 2);
        LoadRound<UsageSnapshot> round = await ReadLoad.RunAsync(
            target, LookupClients, options.Times, options.Seed,
            () => Task.FromResult(UsageSnapshot.Take([target.ProcessId])), interrupt, consortium.Watch.Ended);
        return LoadMeasure.Of(round.Samples, round.Window).LatencyMs;
    }

    private static StateKey RangeOf(TransactionSupply supply, byte[] drawn)
    {
        SchoolWorld world = supply.World;
        LlpcName contract = new(
            world.Learners[Draws.Below(drawn, 0, world.Learners.Count)],
            world.Verbs[Draws.Below(drawn, sizeof(ulong), world.Verbs.Count)]);
        return StateKeys.RecordRange(contract, world.School.Address);
    }
}
