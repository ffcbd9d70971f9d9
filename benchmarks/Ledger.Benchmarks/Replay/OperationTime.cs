using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>When an operation was released and decided, by the monotonic clock.</summary>
/// <param name="Number">Its number in the plan.</param>
/// <param name="Kind">What was called.</param>
/// <param name="Unit">The transaction that bore it.</param>
/// <param name="Released">When everything that it rests on had its result.</param>
/// <param name="Decided">When it had its own.</param>
public readonly record struct OperationTime(int Number, OperationKind Kind, int Unit, long Released, long Decided);
