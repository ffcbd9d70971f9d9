using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>Counts the signatures that a transaction had this node check: every node checks the same ones.</summary>
internal sealed class CountingVerifier(ISignatureVerifier verifier) : ISignatureVerifier
{
    /// <summary>How many were checked.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        Count++;
        return verifier.Verify(key, digest, signature);
    }
}
