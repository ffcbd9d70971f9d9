using BenchmarkDotNet.Attributes;
using Ledger.ApplyCost;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Parts;

/// <summary>
/// A proof of the records of a contract and writer, as it goes into receipts and bundles, without signatures.
/// </summary>
public class ProofBenchmark
{
    private const int LearnersCount = 651;
    private const int RecordsBefore = 100_000;

    private ApplyWorld? world;
    private StateKey key;
    private ReadOnlyMemory<byte> value;
    private StateProof proof = new();

    /// <summary>Fills the ledger.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        world = new ApplyWorld(LearnersCount);
        world.FillTo(RecordsBefore);
        do
        {
            key = world.RandomRange();
        }
        while (!world.State.TryGet(key, out value));
        proof = world.State.Tree.Prove(key.Hash);
    }

    /// <summary>Removes the world's files.</summary>
    [GlobalCleanup]
    public void Release() => world!.Dispose();

    /// <summary>A node proves.</summary>
    [Benchmark]
    public StateProof Prove() => world!.State.Tree.Prove(key.Hash);

    /// <summary>A client checks.</summary>
    [Benchmark]
    public bool Verify() => StateProofs.VerifyPresence(world!.State.Root, key, value.Span, proof);
}
