using Google.Protobuf;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>Makes and checks the numbered bindings of TLS keys to institutions.</summary>
public static class TlsBindingRules
{
    /// <summary>What an institution signs to say that its node uses this TLS key.</summary>
    public static Hash256 Digest(Hash256 chainId, Address institution, ulong number, Hash256 keyHash)
    {
        HashBuilder builder = new(Tags.TlsBinding, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(institution);
        builder.Add(number);
        builder.Add(keyHash);
        return builder.Finish();
    }

    /// <summary>A signed binding.</summary>
    public static TlsBinding Create(
        Hash256 chainId, Address institution, ulong number, Hash256 keyHash, Func<Hash256, byte[]> sign) => new()
    {
        Institution = ByteString.CopyFrom(institution.ToArray()),
        Number = number,
        KeyHash = ByteString.CopyFrom(keyHash.ToArray()),
        Signature = ByteString.CopyFrom(sign(Digest(chainId, institution, number, keyHash))),
    };

    /// <summary>
    /// The institution that a binding proves for a TLS key seen on the wire, or why it proves none. The number must
    /// reach the minimum that the ledger holds; dates play no part, so that a consortium whose certificates have all
    /// expired still runs.
    /// </summary>
    public static string? Check(
        TlsBinding? binding, Hash256 chainId, Hash256 seenKeyHash, PeerEntry? peer, ISignatureVerifier verifier)
    {
        if (binding is null || peer is null)
        {
            return "the institution is not on this ledger";
        }

        if (!Hash256.TryRead(binding.KeyHash.Span, out Hash256 keyHash) || keyHash != seenKeyHash)
        {
            return "the binding names another TLS key than the connection uses";
        }

        if (binding.Number < peer.BindingMinimum)
        {
            return $"the binding has number {binding.Number}, the ledger asks for {peer.BindingMinimum} at least";
        }

        Hash256 digest = Digest(chainId, peer.Address, binding.Number, keyHash);
        return verifier.Verify(peer.IdentityKey, digest, binding.Signature.Span)
            ? null
            : "the binding's signature is not the institution's";
    }
}
