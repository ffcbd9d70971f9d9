using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>The vote key; nothing but the kernel's safety rules calls it.</summary>
public sealed class VoteSigner(SigningKey key) : IVoteSigner
{
    /// <inheritdoc/>
    public void Sign(Hash256 digest, Span<byte> signature) => key.Sign(digest, signature);
}
