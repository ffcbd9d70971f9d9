using System.Collections.Immutable;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>The vote keys; nothing but the kernel's safety rules calls it.</summary>
public sealed class VoteSigner(ImmutableArray<SigningKey> held) : IVoteSigner
{
    /// <inheritdoc/>
    public ImmutableArray<PublicKeyBytes> Keys { get; } = [.. held.Select(key => key.PublicKey)];

    /// <inheritdoc/>
    public void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature)
    {
        int place = Keys.IndexOf(key);
        Invariant.That(place >= 0, "the kernel signs with keys that the signer has");
        held[place].Sign(digest, signature);
    }
}
