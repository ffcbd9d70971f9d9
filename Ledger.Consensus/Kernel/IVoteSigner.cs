using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>Holds the vote keys of one institution and signs what the safety rules let through.</summary>
public interface IVoteSigner
{
    /// <summary>The keys whose secret parts it has: one, and two while a key is being replaced.</summary>
    ImmutableArray<PublicKeyBytes> Keys { get; }

    /// <summary>Writes the 64 bytes of the signature of a digest by one of <see cref="Keys"/>.</summary>
    void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature);
}
