using Ledger.Primitives;

namespace Ledger.Node.Records;

/// <summary>A signed transaction that anchors records. The store does not read the bytes.</summary>
/// <param name="TransactionId">The transaction's id.</param>
/// <param name="Bytes">The signed bytes; sent again, they are the same.</param>
/// <param name="LastValid">After a certified block past this time that lacks the id, it may be rebuilt.</param>
/// <param name="Sequences">The records in it, by sequence number.</param>
public sealed record SignedBatch(
    Hash256 TransactionId, ReadOnlyMemory<byte> Bytes, DateTimeOffset LastValid, IReadOnlyList<long> Sequences);
