namespace Ledger.Node.Records.Connectors;

/// <summary>A record as another store gives it.</summary>
/// <param name="Id">Its id, for messages; empty where it has none.</param>
/// <param name="Json">The record in UTF-8.</param>
internal sealed record PulledRecord(string Id, ReadOnlyMemory<byte> Json);
