namespace Ledger.Benchmarks.Limits;

/// <summary>What this host can do at best, measured beside the ledger and in the same run.</summary>
/// <param name="VerifyPerS">Signatures verified a second by one thread.</param>
/// <param name="VerifyTwoThreadsPerS">By two threads.</param>
/// <param name="FdatasyncMsP50">Median of an append of 512 bytes with fdatasync.</param>
public sealed record HostLimits(double VerifyPerS, double VerifyTwoThreadsPerS, double FdatasyncMsP50)
{
    /// <summary>Long enough for a rate, short against a round.</summary>
    private static readonly TimeSpan VerifySpan = TimeSpan.FromMilliseconds(400);

    /// <summary>Of one verification, alone on the host.</summary>
    public double VerifyUs => 1e6 / VerifyPerS;

    /// <summary>
    /// L(n): each of n validators verifies each signature once, and all of them share two threads.
    /// </summary>
    public double LimitTxPerS(int validators) => VerifyTwoThreadsPerS / validators;

    /// <summary>
    /// The means of what was measured before and after a load: what else the host does changes from second to second.
    /// </summary>
    public static HostLimits Around(HostLimits before, HostLimits after) => new(
        (before.VerifyPerS + after.VerifyPerS) / 2,
        (before.VerifyTwoThreadsPerS + after.VerifyTwoThreadsPerS) / 2,
        (before.FdatasyncMsP50 + after.FdatasyncMsP50) / 2);

    /// <summary>Measures them, while the nodes rest.</summary>
    public static HostLimits Measure(string folder)
    {
        Directory.CreateDirectory(folder);
        return new HostLimits(
            VerifyRate.Measure(1, VerifySpan), VerifyRate.Measure(2, VerifySpan), SyncLatency.MedianMs(folder));
    }
}
