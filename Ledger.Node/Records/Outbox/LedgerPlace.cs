namespace Ledger.Node.Records;

/// <summary>Where a record stands on the ledger.</summary>
/// <param name="Height">The block's height.</param>
/// <param name="Llpc">The key of the learner contract, as bytes that the store does not read.</param>
/// <param name="WriterIndex">The record's index in the writer's range.</param>
public sealed record LedgerPlace(ulong Height, ReadOnlyMemory<byte> Llpc, ulong WriterIndex)
{
    /// <summary>Stored before its learner enrolled, and anchored because the learner asked for it.</summary>
    public bool IsLate { get; init; }
}
