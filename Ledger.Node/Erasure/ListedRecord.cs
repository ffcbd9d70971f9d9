using Ledger.Node.Records;

namespace Ledger.Node.Erasure;

/// <summary>A record that is to go, or is gone.</summary>
/// <param name="Locator">What leads to it, under the institution's secret key.</param>
/// <param name="Stage">How far this node's files are.</param>
/// <param name="ErasedHeight">
/// The block that put a tombstone in its place; 0 where the ledger never had it, null while that is open.
/// </param>
public sealed record ListedRecord(RecordLocator Locator, ErasureStage Stage, ulong? ErasedHeight);
