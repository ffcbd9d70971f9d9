namespace Ledger.Node.Records.Mapping;

/// <summary>The BookRoll whose log is read.</summary>
/// <param name="Address">Its address, an absolute IRI: home page of accounts, and beginning of books' IRIs.</param>
/// <param name="Offset">How far the log's clock is ahead of UTC, for times that do not say so.</param>
public sealed record BookRollSource(string Address, TimeSpan Offset);
