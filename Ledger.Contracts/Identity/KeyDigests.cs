using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>What a new signing key signs when an address goes on under it. Rule K-62 of the protocol.</summary>
public static class KeyDigests
{
    /// <summary>
    /// H(key-rotation, chain id, address, number): the new key's holder wants it to be this address's key with this
    /// number on this chain.
    /// </summary>
    public static Hash256 OfRotation(Hash256 chainId, Address owner, ulong number)
    {
        HashBuilder builder = new(Tags.KeyRotation, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(owner);
        builder.Add(number);
        return builder.Finish();
    }
}
