using Ledger.Contracts.Protos;
using Ledger.Node.Records;

namespace Ledger.Node.Box;

/// <summary>A place of a range, and what the store gave for it.</summary>
/// <param name="Leaf">The ledger's leaf.</param>
/// <param name="Record">What the store has; null where it gives nothing now.</param>
public sealed record FoundRecord(RecordLeaf Leaf, KeptRecord? Record);
