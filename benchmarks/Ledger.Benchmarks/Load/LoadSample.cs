namespace Ledger.Benchmarks.Load;

/// <summary>One operation, as it was measured. Times are of the monotonic clock.</summary>
/// <param name="Client">Which client did it, from 0.</param>
/// <param name="Intended">
/// When it was to begin. In an open loop it may have begun later, for want of a free place; that wait is part of it.
/// </param>
/// <param name="Completed">When its answer was there.</param>
/// <param name="Records">Records in it.</param>
/// <param name="Height">The block that decided it, 0 where none did.</param>
/// <param name="IsRefused">Whether there was no room for it.</param>
public readonly record struct LoadSample(
    int Client, long Intended, long Completed, int Records, ulong Height, bool IsRefused);
