namespace Ledger.Primitives;

/// <summary>Checks an Ed25519 signature. A pure function: the same bytes give the same answer on every node.</summary>
public interface ISignatureVerifier
{
    /// <summary>Whether <paramref name="signature"/> (64 bytes) is the key's signature of the 32-byte digest.</summary>
    bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature);
}
