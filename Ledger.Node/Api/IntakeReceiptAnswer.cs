using Ledger.Contracts.Protos;

namespace Ledger.Node.Api;

/// <summary>What a question for an intake receipt finds.</summary>
/// <param name="IsKnown">Whether the store holds the record.</param>
/// <param name="Receipt">The receipt; null where there is no record, or no block yet that proves the key.</param>
public sealed record IntakeReceiptAnswer(bool IsKnown, ProofFile? Receipt);
