using Ledger.Client.Transactions;

namespace Ledger.Benchmarks.Replay;

/// <summary>A transaction of the workload, built when what it rests on has been decided.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Node">The node that it is handed to.</param>
/// <param name="DependsOn">Numbers of the units that must have been accepted before.</param>
/// <param name="Size">What it counts for in the progress: operations or records.</param>
/// <param name="Build">Makes the signed transaction.</param>
public sealed record ReplayUnit(
    int Number, int Node, IReadOnlyList<int> DependsOn, int Size, Func<PendingTransaction> Build);
