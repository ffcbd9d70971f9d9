using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>Where a record stands: its LLPC, height, place in the writer's range, and its commitment.</summary>
public sealed record AnchoredRecord(Address Learner, Hash256 VerbHash, ulong Height, ulong Index, Hash256 Commitment);
