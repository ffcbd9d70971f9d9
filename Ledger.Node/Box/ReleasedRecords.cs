using Ledger.Contracts.Protos;

namespace Ledger.Node.Box;

/// <summary>What a box found for a request.</summary>
/// <param name="Bundle">The records with their proofs.</param>
/// <param name="IsOutsideLimits">
/// There are records, and the reader's limits cover none of them: an empty answer would be taken for none.
/// </param>
public sealed record ReleasedRecords(RecordBundle Bundle, bool IsOutsideLimits);
