using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>A read that is about to be answered and must be in the trail first.</summary>
/// <param name="Learner">Whose records.</param>
/// <param name="Commitment">To what the entry says.</param>
/// <param name="Content">What it says, sealed to the parties.</param>
public sealed record PendingRead(Address Learner, Hash256 Commitment, SealedMessage Content);
