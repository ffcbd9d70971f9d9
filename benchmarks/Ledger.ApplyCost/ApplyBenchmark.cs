using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Ledger.Contracts.Transactions;
using Ledger.Node.Storage;

namespace Ledger.ApplyCost;

/// <summary>
/// One block of insertions: contracts, receipts and their tree, the new state tree, and the batch of the store with
/// everything that a node writes of a decided block. The batch is not written: that is the disk's.
/// </summary>
public class ApplyBenchmark
{
    private static readonly SortedDictionary<string, List<ApplyCost>> Costs = new(StringComparer.Ordinal);
    private static ApplyWorld? world;

    private ParsedTransaction[] transactions = [];
    private DatabaseBatch? batch;
    private ApplyCost cost;

    /// <summary>With how many records to begin; set before the run.</summary>
    public static IReadOnlyList<long> RecordCounts { get; set; } = [];

    /// <summary>Learners of the school; each has a contract for each of 20 verbs.</summary>
    public static int Learners { get; set; }

    /// <summary>Records of the ledger before the first block.</summary>
    [ParamsSource(nameof(RecordCounts))]
    public long Records { get; set; }

    /// <summary>What a block holds.</summary>
    [ParamsSource(nameof(Shapes))]
    public BlockShape Shape { get; set; } = BlockShape.All[0];

    /// <summary>The shapes to measure; set before the run.</summary>
    public static IReadOnlyList<BlockShape> Shapes { get; set; } = BlockShape.All;

    /// <summary>The ledger as the last block left it.</summary>
    internal static ApplyWorld World => world ??= new ApplyWorld(Learners);

    /// <summary>What the blocks of a case have cost, in the order in which they ran.</summary>
    internal static IReadOnlyList<ApplyCost> CostsOf(string records, string shape) => Costs[records + "/" + shape];

    /// <summary>Fills the ledger up to the number of records; a fuller one is begun anew.</summary>
    [GlobalSetup]
    public void Fill()
    {
        if (world is not null && world.Records > Records * 2)
        {
            world.Dispose();
            world = null;
        }

        World.FillTo(Records);
    }

    /// <summary>Makes and reads the transactions of the next block.</summary>
    [IterationSetup]
    public void Prepare()
    {
        transactions = World.Insertions(Shape.Transactions, Shape.Operations, Shape.RecordsOfOperation);
    }

    /// <summary>
    /// Applies the block, and notes what it took. Garbage is collected when it is due, here or elsewhere, and never
    /// because of the measurement.
    /// </summary>
    [Benchmark]
    public int Apply()
    {
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan collecting = GC.GetTotalPauseDuration();
        TimeSpan used = Used();
        batch = World.ApplyToBatch(transactions);
        TimeSpan took = Used() - used;
        int operations = Shape.OperationsOfBlock;
        cost = new ApplyCost(
            took.TotalMicroseconds / operations,
            (GC.GetTotalPauseDuration() - collecting).TotalMicroseconds / operations,
            (double)(GC.GetTotalAllocatedBytes() - allocated) / operations,
            (double)batch.Count / operations);
        return batch.Count;
    }

    /// <summary>Keeps what the block took.</summary>
    [IterationCleanup]
    public void Note()
    {
        batch!.Dispose();
        string name = $"{Records}/{Shape}";
        if (!Costs.TryGetValue(name, out List<ApplyCost>? costs))
        {
            Costs.Add(name, costs = []);
        }

        costs.Add(cost);
    }

    // Of all threads: the collector of garbage is part of the cost.
    private static TimeSpan Used()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
