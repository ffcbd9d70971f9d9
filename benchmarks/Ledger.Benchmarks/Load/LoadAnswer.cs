namespace Ledger.Benchmarks.Load;

/// <summary>What became of one operation of a client.</summary>
/// <param name="End">How it ended.</param>
/// <param name="CompletedAt">When the client knew, by the monotonic clock.</param>
/// <param name="Records">Records in it.</param>
/// <param name="Height">The block that decided it, 0 where none did.</param>
public readonly record struct LoadAnswer(LoadEnd End, long CompletedAt, int Records, ulong Height)
{
    /// <summary>There was nothing to send.</summary>
    public static LoadAnswer Nothing => new(LoadEnd.Exhausted, 0, 0, 0);
}
