using Ledger.Contracts.Protos;

namespace Ledger.Contracts.Tests.Mutations;

/// <summary>
/// An activation that must not happen, and why not: a refusal of the transaction, or a code of the contract.
/// </summary>
internal sealed record Forgery(string Name, Enum Reason, SeatActivate Call);
