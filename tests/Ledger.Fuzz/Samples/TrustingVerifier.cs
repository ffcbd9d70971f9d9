using Ledger.Primitives;

namespace Ledger.Fuzz;

/// <summary>Takes every signature, so that mutated content gets past it: a liar signs what it likes.</summary>
internal sealed class TrustingVerifier : ISignatureVerifier
{
    public static readonly TrustingVerifier Instance = new();

    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature) => true;
}
