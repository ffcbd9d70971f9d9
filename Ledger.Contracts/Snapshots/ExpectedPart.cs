using Ledger.Contracts.Protos;

namespace Ledger.Contracts.Snapshots;

/// <summary>A part of a range that a reader waits for.</summary>
/// <param name="RangeKey">The raw state key of the range.</param>
/// <param name="Range">Its value, which was checked against the state's root.</param>
/// <param name="Part">The number of the part, from 0.</param>
public readonly record struct ExpectedPart(ReadOnlyMemory<byte> RangeKey, RecordRange Range, ulong Part);
