namespace Ledger.Contracts.Execution;

/// <summary>Where a leaf of a block belongs: its range, and the place of the leaf before it, or -1.</summary>
internal readonly record struct LeafLink(DraftValue Range, int Before);
