using BenchmarkDotNet.Attributes;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Parts;

/// <summary>One Ed25519 signature of a hash: making it, and checking it for a known and for a new signer.</summary>
public class VerifyBenchmark
{
    /// <summary>More signers than the verifier keeps imported, so that each is new again.</summary>
    private const int NewSigners = 4_096;

    private readonly Hash256 digest = TaggedHash.Of("bench/verify"u8, "a transaction"u8);
    private SigningKey key = SigningKey.Create();
    private byte[] signature = [];
    private (PublicKeyBytes Key, byte[] Signature)[] others = [];
    private int next;

    /// <summary>Makes the signatures.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        signature = key.Sign(digest);
        others = [.. Enumerable.Range(0, NewSigners).Select(_ =>
        {
            using SigningKey other = SigningKey.Create();
            return (other.PublicKey, other.Sign(digest));
        })];
    }

    /// <summary>Releases the key.</summary>
    [GlobalCleanup]
    public void Release() => key.Dispose();

    /// <summary>A client signs.</summary>
    [Benchmark]
    public byte[] Sign() => key.Sign(digest);

    /// <summary>A node checks a signer that it has seen lately.</summary>
    [Benchmark]
    public bool VerifyKnownSigner() => Ed25519Verifier.Instance.Verify(key.PublicKey, digest, signature);

    /// <summary>A node checks a signer that it has not seen lately.</summary>
    [Benchmark]
    public bool VerifyNewSigner()
    {
        next = (next + 1) % NewSigners;
        return Ed25519Verifier.Instance.Verify(others[next].Key, digest, others[next].Signature);
    }
}
