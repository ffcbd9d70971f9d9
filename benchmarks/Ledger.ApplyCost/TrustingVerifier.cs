using Ledger.Primitives;

namespace Ledger.ApplyCost;

/// <summary>Signatures are checked once and in parallel, on the way in; they are no part of applying a block.</summary>
internal sealed class TrustingVerifier : ISignatureVerifier
{
    /// <inheritdoc/>
    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature) => true;
}
