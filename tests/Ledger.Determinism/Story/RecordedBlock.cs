using Ledger.Primitives;

namespace Ledger.Determinism.Story;

/// <summary>A block that was written down: its time, the bytes of its transactions, and the roots it gave.</summary>
public sealed record RecordedBlock(
    long TimeUnixMs, IReadOnlyList<byte[]> Transactions, Hash256 StateRoot, Hash256 ReceiptRoot);
