namespace Ledger.Node.Records;

/// <summary>How far a move of a store is.</summary>
/// <param name="Table">The table that is copied or compared.</param>
/// <param name="IsComparing">Everything is copied; both stores are read again.</param>
/// <param name="Done">Rows of it that are done.</param>
/// <param name="Total">Rows of it.</param>
public sealed record MoveProgress(string Table, bool IsComparing, long Done, long Total);
