namespace Ledger.Node.Agreement;

/// <summary>What a leader gathers before it builds a block.</summary>
/// <param name="Count">Transactions that wait: with so many it builds at once.</param>
/// <param name="AtMost">After this time it builds with what there is.</param>
public readonly record struct PaceGoal(int Count, TimeSpan AtMost);
