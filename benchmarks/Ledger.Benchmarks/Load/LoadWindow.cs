namespace Ledger.Benchmarks.Load;

/// <summary>The time that is measured, from the end of the warm-up on, by the monotonic clock.</summary>
/// <param name="Begin">Its begin.</param>
/// <param name="End">Its end.</param>
public readonly record struct LoadWindow(long Begin, long End)
{
    /// <summary>Whether a moment is in it.</summary>
    public bool Holds(long moment) => moment >= Begin && moment < End;

    /// <summary>How long it is.</summary>
    public double Seconds => System.Diagnostics.Stopwatch.GetElapsedTime(Begin, End).TotalSeconds;
}
