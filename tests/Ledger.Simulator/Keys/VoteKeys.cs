using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator.Keys;

/// <summary>The vote keys that one identity holds.</summary>
public sealed class VoteKeys(KeyScheme scheme, ImmutableArray<PublicKeyBytes> keys) : IVoteSigner
{
    /// <inheritdoc/>
    public ImmutableArray<PublicKeyBytes> Keys => keys;

    /// <inheritdoc/>
    public void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature) => scheme.Sign(key, digest, signature);
}
