using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// What is in force when something is to be signed: the head's height, and epoch and set of the height after it.
/// </summary>
public sealed record SafetyContext(Hash256 ChainId, Address Self, ulong CommittedHeight, ulong Epoch, ValidatorSet Set);
