using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// A message whose signature by <see cref="Sender"/>, a validator of the current set, has been checked.
/// </summary>
public sealed record VerifiedMessage(Address Sender, ConsensusMessage Content, SignedEnvelope Envelope);
