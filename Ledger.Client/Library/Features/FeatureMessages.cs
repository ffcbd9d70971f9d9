using Ledger.Primitives;

namespace Ledger.Client.Features;

/// <summary>What a box signs of a packet of features.</summary>
public static class FeatureMessages
{
    /// <summary>H(feature-packet, chain id, body).</summary>
    public static Hash256 Digest(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(Tags.FeaturePacket, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }
}
