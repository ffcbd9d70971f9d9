using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>How a caller proves itself to a node: written once for both ends.</summary>
public static class CallerMessages
{
    /// <summary>The metadata in which a caller's proof travels.</summary>
    public const string MetadataKey = "ledger-caller-bin";

    /// <summary>What a caller signs: H(caller, chain id, node, challenge).</summary>
    public static Hash256 Digest(Hash256 chainId, ReadOnlySpan<byte> node, ReadOnlySpan<byte> challenge)
    {
        HashBuilder builder = new(Tags.Caller, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(node);
        builder.Add(challenge);
        return builder.Finish();
    }
}
