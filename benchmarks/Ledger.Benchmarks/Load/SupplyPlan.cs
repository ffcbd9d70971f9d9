namespace Ledger.Benchmarks.Load;

/// <summary>How many transactions are prepared for a round: enough to the end, and not many more.</summary>
public static class SupplyPlan
{
    /// <summary>No block is decided faster than this: three syncs and three messages between processes.</summary>
    private const double SecondsOfBlockMin = 0.002;

    /// <summary>More records a second than two processors can take in, whatever the batch.</summary>
    private const double RecordsPerSMax = 60_000;

    /// <summary>
    /// The signature limit is taken to be this at least: one that was measured while the host stood still is too low.
    /// </summary>
    private const double LimitTxPerSLeast = 5_000;

    /// <summary>A round may be this much faster than the last one.</summary>
    private const double Reserve = 1.5;

    /// <summary>Seconds between the preparation's end and the end of the last phase that are no phase.</summary>
    private const double SecondsBetween = 2;

    /// <summary>The number for all clients together.</summary>
    /// <param name="clients">Clients.</param>
    /// <param name="batch">Records of a transaction.</param>
    /// <param name="times">Phases.</param>
    /// <param name="limitTxPerS">The signature limit, which no rate exceeds.</param>
    /// <param name="offeredTxPerS">The rate of an open loop, or null.</param>
    /// <param name="seenTxPerS">What an earlier round of the same kind reached, or null.</param>
    public static int CountOf(
        int clients, int batch, LoadTimes times, double limitTxPerS, double? offeredTxPerS, double? seenTxPerS)
    {
        double rate = offeredTxPerS
            ?? seenTxPerS * Reserve
            ?? Math.Min(
                Math.Min(Math.Max(limitTxPerS, LimitTxPerSLeast), RecordsPerSMax / batch),
                clients / SecondsOfBlockMin);
        return clients + (int)Math.Ceiling(rate * ((times.WarmUp + times.Measured).TotalSeconds + SecondsBetween));
    }
}
