using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// What opens a commitment about a learner on the ledger: what a read was, or what a request is for.
/// </summary>
/// <param name="Learner">Whose records.</param>
/// <param name="Commitment">As the ledger has it.</param>
/// <param name="Content">What it is a commitment to, sealed to the parties.</param>
public sealed record SealedOpening(Address Learner, Hash256 Commitment, SealedMessage Content);
