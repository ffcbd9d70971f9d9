using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// What became of an operation. The leaf is H(ReceiptLeaf tag, transaction id, group, operation, result bytes).
/// </summary>
public sealed record OperationReceipt(OperationPlace Place, ReadOnlyMemory<byte> Result)
{
    /// <summary>The leaf of the receipt tree.</summary>
    public Hash256 Leaf { get; } = LeafOf(Place, Result.Span);

    /// <summary>The leaf of an operation with this result.</summary>
    public static Hash256 LeafOf(OperationPlace place, ReadOnlySpan<byte> result)
    {
        HashBuilder builder = new(Tags.ReceiptLeaf, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(place.TransactionId);
        builder.Add((ulong)place.Group);
        builder.Add((ulong)place.Operation);
        builder.Add(result);
        return builder.Finish();
    }
}
