using BenchmarkDotNet.Attributes;
using Ledger.ApplyCost;
using Ledger.Contracts.Transactions;
using Ledger.Node.Storage;

namespace Ledger.Parts;

/// <summary>
/// A block of insertions on a ledger that has records already: applying it, with the batch of the store; and committing
/// it, with the batch written and synced. Figures are of one operation. <c>ledger-apply-cost</c> takes processor time
/// apart, and at more records.
/// </summary>
public class ApplyBenchmark
{
    private const int LearnersCount = 651;
    private const int RecordsBefore = 100_000;
    private const int Transactions = 16;
    private const int OperationsOfTransaction = 256;
    private const int OperationsOfBlock = Transactions * OperationsOfTransaction;

    private ApplyWorld? world;
    private ParsedTransaction[] block = [];
    private DatabaseBatch? batch;

    /// <summary>Fills the ledger.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        world = new ApplyWorld(LearnersCount);
        world.FillTo(RecordsBefore);
    }

    /// <summary>Makes the next block.</summary>
    [IterationSetup]
    public void MakeBlock() => block = world!.Insertions(Transactions, OperationsOfTransaction, 1);

    /// <summary>Releases the batch.</summary>
    [IterationCleanup]
    public void ReleaseBatch() => batch!.Dispose();

    /// <summary>Removes the world's files.</summary>
    [GlobalCleanup]
    public void Release() => world!.Dispose();

    /// <summary>Contracts, receipts, state tree, and the batch of the store.</summary>
    [Benchmark(OperationsPerInvoke = OperationsOfBlock)]
    public int Apply()
    {
        batch = world!.ApplyToBatch(block);
        return batch.Count;
    }

    /// <summary>The same, and the batch is on disk.</summary>
    [Benchmark(OperationsPerInvoke = OperationsOfBlock)]
    public int Commit()
    {
        batch = world!.ApplyToBatch(block);
        world.Write(batch);
        return batch.Count;
    }
}
