using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator.Keys;

/// <summary>
/// The vote keys of a run. It knows all secrets, so it signs for whoever owns a key and checks for all.
/// </summary>
public abstract class KeyScheme : ISignatureVerifier
{
    /// <summary>Makes the key that an identity holds after a number of rotations.</summary>
    public abstract PublicKeyBytes Create(ulong seed, int identity, int version);

    /// <summary>Writes the 64 bytes of the signature of a digest with a key that was created here.</summary>
    public abstract void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature);

    /// <inheritdoc/>
    public abstract bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature);

    /// <summary>Signs a message with a key as the consensus of a chain asks for.</summary>
    public SignedEnvelope Seal(Hash256 chainId, Address sender, PublicKeyBytes key, ConsensusMessage message) =>
        SealBody(chainId, sender, key, MessageCodec.Encode(message));

    /// <summary>Signs the bytes of a body, whatever they are.</summary>
    public SignedEnvelope SealBody(Hash256 chainId, Address sender, PublicKeyBytes key, ReadOnlySpan<byte> body)
    {
        Span<byte> signature = stackalloc byte[Certificate.SignatureBytes];
        Sign(key, MessageVerifier.DigestOf(chainId, body), signature);
        return SignedEnvelope.Of(sender, body, signature);
    }
}
