namespace Ledger.Node.Records;

/// <summary>Accounts of a page of rows.</summary>
/// <param name="Accounts">As far as they can be opened; empty ones are nobody's.</param>
/// <param name="Next">After which row the next page begins; null at the end.</param>
internal readonly record struct AccountPage(IReadOnlyList<string> Accounts, object[]? Next);
