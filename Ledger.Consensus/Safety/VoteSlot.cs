using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// That a message of a kind was signed at the vote state's height in a view; the digest is what was signed.
/// </summary>
public readonly record struct VoteSlot(MessageKind Kind, ulong View, Hash256 Digest);
