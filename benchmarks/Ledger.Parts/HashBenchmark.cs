using BenchmarkDotNet.Attributes;
using Ledger.Primitives;

namespace Ledger.Parts;

/// <summary>The tagged hash, of an inner node's size, of a record's and of a batched transaction's.</summary>
public class HashBenchmark
{
    private byte[] part = [];

    /// <summary>Bytes that are hashed.</summary>
    [Params(64, 1_024, 65_536)]
    public int Bytes { get; set; }

    /// <summary>Makes the bytes.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        part = new byte[Bytes];
        new Random(Bytes).NextBytes(part);
    }

    /// <summary>One hash.</summary>
    [Benchmark]
    public Hash256 Hash() => TaggedHash.Of("bench/hash"u8, part);
}
