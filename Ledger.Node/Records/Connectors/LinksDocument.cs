namespace Ledger.Node.Records.Connectors;

/// <summary>The file of links as JSON.</summary>
/// <param name="Links">The links, in order of name.</param>
public sealed record LinksDocument(IReadOnlyList<LinkSettings> Links);
