using BenchmarkDotNet.Attributes;
using Ledger.ApplyCost;
using Ledger.Contracts.Transactions;

namespace Ledger.Parts;

/// <summary>Reading a signed transaction as a node does on the way in, but for its signature.</summary>
public class CodecBenchmark
{
    private ApplyWorld? world;
    private byte[] bytes = [];

    /// <summary>Insertions of one record each.</summary>
    [Params(1, 256)]
    public int Operations { get; set; }

    /// <summary>Makes the transaction.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        world = new ApplyWorld(learnersCount: 10);
        bytes = world.SignedInsertions(Operations);
    }

    /// <summary>Removes the world's files.</summary>
    [GlobalCleanup]
    public void Release() => world!.Dispose();

    /// <summary>Canonical form, limits, texts, ids and hashes.</summary>
    [Benchmark]
    public bool Read() => TransactionReader.Read(bytes, world!.ChainId, new TrustingVerifier()).IsRead;
}
