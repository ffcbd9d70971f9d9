namespace Ledger.Node.Records;

/// <summary>A page of what a query asked for.</summary>
/// <param name="Records">The statements, in the query's order.</param>
/// <param name="HasMore">Whether others follow.</param>
public sealed record StatementPage(IReadOnlyList<StoredRecord> Records, bool HasMore);
