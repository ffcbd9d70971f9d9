using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Parts;

/// <summary>The state tree with many keys: finding, changing many at once, proving, and checking a proof.</summary>
public class StateTreeBenchmark
{
    private const int ChangesOfBlock = 1_024;
    private const int ValueBytes = 64;

    private readonly Random random = new(1);
    private StateTree tree = StateTree.Empty;
    private StateChange[] changes = [];
    private StateKey key = KeyOf(0);
    private ReadOnlyMemory<byte> value;
    private StateProof proof = new();

    /// <summary>Keys of the tree.</summary>
    [Params(100_000, 1_000_000)]
    public int Keys { get; set; }

    /// <summary>Fills the tree.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        tree = StateTree.Empty.With(Enumerable.Range(0, Keys).Select(ChangeOf));
        changes = [.. Enumerable.Range(0, Keys).Select(_ => random.Next(Keys)).Distinct().Take(ChangesOfBlock)
            .Select(ChangeOf)];
        key = KeyOf(Keys / 2);
        tree.TryGet(key, out value);
        proof = tree.Prove(key.Hash);
    }

    /// <summary>One look-up of a random key.</summary>
    [Benchmark]
    public bool Find() => tree.TryGet(KeyOf(random.Next(Keys)), out _);

    /// <summary>A block's changes; the figure is of one.</summary>
    [Benchmark(OperationsPerInvoke = ChangesOfBlock)]
    public Hash256 Change() => tree.With(changes).Root;

    /// <summary>A proof of presence.</summary>
    [Benchmark]
    public StateProof Prove() => tree.Prove(key.Hash);

    /// <summary>A client checks it.</summary>
    [Benchmark]
    public bool Verify() => StateProofs.VerifyPresence(tree.Root, key, value.Span, proof);

    private StateChange ChangeOf(int number)
    {
        byte[] some = new byte[ValueBytes];
        random.NextBytes(some);
        return new StateChange(KeyOf(number), some);
    }

    private static StateKey KeyOf(int number)
    {
        byte[] raw = new byte[1 + sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(raw.AsSpan(1), number);
        return new StateKey((ReadOnlyMemory<byte>)raw);
    }
}
