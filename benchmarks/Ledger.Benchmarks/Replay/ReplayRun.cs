namespace Ledger.Benchmarks.Replay;

/// <summary>A replay that has ended.</summary>
/// <param name="Figures">What it measured.</param>
/// <param name="Start">Time 0, by the monotonic clock.</param>
/// <param name="Times">When each operation was released and decided.</param>
public sealed record ReplayRun(ReplayResult Figures, long Start, IReadOnlyList<OperationTime> Times);
