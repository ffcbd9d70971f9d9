namespace Ledger.Node.Records;

/// <summary>How far the sealing of a store of an older format is.</summary>
/// <param name="Done">Rows that are sealed, of those that were left when it began or went on.</param>
/// <param name="Total">Rows that were left.</param>
public sealed record SealingProgress(long Done, long Total);
