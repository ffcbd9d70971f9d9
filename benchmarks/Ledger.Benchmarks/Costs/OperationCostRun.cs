using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;
using Ledger.Workload;

namespace Ledger.Benchmarks.Costs;

/// <summary>
/// Applies each kind of call of the paper's process in blocks of its own, on a fresh ledger in each round, and takes
/// bytes, work units and processor time.
/// </summary>
public sealed class OperationCostRun
{
    /// <summary>Calls of a block: enough for a time in milliseconds, and within a block's work.</summary>
    private const int Calls = 500;

    /// <summary>Rounds in which code is compiled.</summary>
    private const int WarmUps = 3;

    private const int Rounds = 9;
    private const int Decimals = 2;

    private const string Verb = "http://verbs.example/read";

    private readonly Dictionary<OperationKind, List<(double CheckUs, double ApplyUs)>> times = [];
    private readonly Dictionary<OperationKind, (double Bytes, double Units)> sizes = [];

    /// <summary>Measures them.</summary>
    public IReadOnlyList<OperationCost> Run(CancellationToken cancellation)
    {
        for (int round = 0; round < WarmUps + Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            using CostWorld world = new(Calls);
            foreach (CostStep step in Steps(world))
            {
                Measure(world, step, isCounted: round >= WarmUps);
            }
        }

        using CostWorld any = new(1);
        return [.. Steps(any).Select(step => new OperationCost
        {
            Kind = step.Kind,
            Contract = step.Contract,
            Effect = step.Effect,
            TransactionBytes = Math.Round(sizes[step.Kind].Bytes, Decimals),
            WorkUnits = Math.Round(sizes[step.Kind].Units, Decimals),
            CheckCpuUs = MedianOf(times[step.Kind].Select(time => time.CheckUs)),
            ApplyCpuUs = MedianOf(times[step.Kind].Select(time => time.ApplyUs)),
            Calls = Calls,
            Rounds = Rounds,
        })];
    }

    // In an order in which each call is accepted.
    private static IReadOnlyList<CostStep> Steps(CostWorld world)
    {
        CostSigner[] School(int number) => [CostSigner.School];
        CostSigner[] Learner(int number) => [CostSigner.Learner];
        return
        [
            new(OperationKind.PicCreate, "PIC", "create", School, _ => Operations.PicCreate()),
            new(OperationKind.UicCreate, "UIC", "create", Learner, _ => Operations.UicCreate()),
            new(OperationKind.Enrol, "UIC", "enrol", _ => [CostSigner.Learner, CostSigner.School],
                number => Operations.Enrol(world.Learner(number), world.School(number))),
            new(OperationKind.LlpcCreate, "LLPC", "create", School,
                number => Operations.LlpcCreate(world.Learner(number), Verb)),
            new(OperationKind.PicInsert, "PIC", "update", School,
                number => Operations.PicInsert(world.Learner(number), Verb)),
            new(OperationKind.UicInsert, "UIC", "update", School,
                number => Operations.UicInsert(world.Learner(number), Verb)),
            new(OperationKind.LlpcInsert, "LLPC", "update", School,
                number => Operations.LlpcInsert(world.Learner(number), Verb, [EntryOf(number)])),
            new(OperationKind.LlpcGrant, "LLPC", "grant", Learner,
                number => Operations.LlpcGrant(
                    world.Learner(number), Verb, world.School((number + 1) % Calls), new Rights { Read = true },
                    parent: 0, endUnixMs: 0, limits: [])),
        ];
    }

    private void Measure(CostWorld world, CostStep step, bool isCounted)
    {
        byte[][] signed = [.. Enumerable.Range(0, Calls).Select(number =>
            world.Sign(step.Signers(number), number, step.Call(number)))];
        TimeSpan began = Environment.CpuUsage.TotalTime;
        ParsedTransaction[] block = [.. signed.Select(bytes => Read(world, bytes))];
        TimeSpan read = Environment.CpuUsage.TotalTime;
        BlockResult result = world.Apply(block);
        TimeSpan applied = Environment.CpuUsage.TotalTime;
        OperationResult[] results = [.. result.Receipts.Select(receipt =>
            OperationResult.Parser.ParseFrom(receipt.Result.Span))];
        if (results.FirstOrDefault(call => call.Code != ResultCode.Accepted) is { } refused)
        {
            throw new BenchmarkException($"A call of {step.Kind} was refused: {refused.Code}.");
        }

        if (results.Length != Calls)
        {
            throw new BenchmarkException($"A block held {results.Length} of {Calls} calls of {step.Kind}.");
        }

        sizes[step.Kind] = (
            signed.Average(static bytes => bytes.Length),
            results.Average(static call => (double)call.WorkUnits));
        if (isCounted)
        {
            if (!times.TryGetValue(step.Kind, out List<(double, double)>? measured))
            {
                times.Add(step.Kind, measured = []);
            }

            measured.Add(((read - began).TotalMicroseconds / Calls, (applied - read).TotalMicroseconds / Calls));
        }
    }

    private static ParsedTransaction Read(CostWorld world, byte[] bytes)
    {
        TransactionReading reading = TransactionReader.Read(bytes, world.ChainId, Ed25519Verifier.Instance);
        Invariant.That(reading.IsRead, "the benchmark's transactions are well formed");
        return reading.Transaction;
    }

    private static RecordEntry EntryOf(int number)
    {
        byte[] drawn = TaggedHash.Of("bench/cost"u8, BitConverter.GetBytes(number)).ToArray();
        return new RecordEntry
        {
            Locator = new Locator
            {
                Lrs = 1,
                QueryTemplate = 1,
                KeyVersion = 1,
                HashedId = UnsafeByteOperations.UnsafeWrap(drawn.AsMemory(0, TransactionLimits.HashedIdBytes)),
            },
            Commitment = UnsafeByteOperations.UnsafeWrap(drawn),
        };
    }

    private static double MedianOf(IEnumerable<double> figures) =>
        Math.Round(Results.MedianInterval.Of(figures).Median, Decimals);
}
