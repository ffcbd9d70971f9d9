using Ledger.Primitives;

namespace Ledger.Client.Erasure;

/// <summary>What a word about erased records is made of. Format in <c>docs/erasure.md</c>.</summary>
public static class ErasureMessages
{
    /// <summary>H(erasure-word, chain id, body): what the holder signs.</summary>
    public static Hash256 SignedDigest(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(Tags.ErasureWord, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }
}
