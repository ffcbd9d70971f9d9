namespace Ledger.Simulator.Nodes;

/// <summary>A transaction in a pool, and the tick since when.</summary>
public readonly record struct PendingTransaction(int Id, long Since);
