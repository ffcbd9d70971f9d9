namespace Ledger.Node.Records.Connectors;

/// <summary>A link as its administrator sees it.</summary>
/// <param name="Settings">The link.</param>
/// <param name="State">How it does.</param>
/// <param name="Progress">How far it is.</param>
public sealed record LinkStatus(LinkSettings Settings, LinkState State, LinkProgress Progress);
