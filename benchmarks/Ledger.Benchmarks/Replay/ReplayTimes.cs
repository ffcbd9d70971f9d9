namespace Ledger.Benchmarks.Replay;

/// <summary>When the units of a workload were released and decided, by the monotonic clock.</summary>
/// <param name="Start">Time 0.</param>
/// <param name="ReleasedAt">When what a unit rests on had its result, by the unit's number; else 0.</param>
/// <param name="SentAt">When a unit was handed to its node, by its number; else 0.</param>
/// <param name="DecidedAt">When a unit had its own, by its number; 0 where the run ended before.</param>
public sealed record ReplayTimes(
    long Start,
    IReadOnlyList<long> ReleasedAt, IReadOnlyList<long> SentAt, IReadOnlyList<long> DecidedAt)
{
    /// <summary>Whether every unit was decided.</summary>
    public bool IsWhole => DecidedAt.All(static at => at != 0);
}
