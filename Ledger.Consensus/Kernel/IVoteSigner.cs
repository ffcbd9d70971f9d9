using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>Holds the vote key and signs what the safety rules let through.</summary>
public interface IVoteSigner
{
    /// <summary>Writes the 64 bytes of the signature of a digest.</summary>
    void Sign(Hash256 digest, Span<byte> signature);
}
