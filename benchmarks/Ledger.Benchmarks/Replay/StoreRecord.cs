namespace Ledger.Benchmarks.Replay;

/// <summary>A record for a learning record store.</summary>
/// <param name="Node">The node whose store takes it.</param>
/// <param name="IsStatement">An xAPI statement; else a Caliper event.</param>
/// <param name="Json">Its text.</param>
public readonly record struct StoreRecord(int Node, bool IsStatement, byte[] Json);
