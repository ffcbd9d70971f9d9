namespace Ledger.Node.Storage;

/// <summary>From which free space on a node warns, refuses transactions and stops.</summary>
/// <param name="AlarmBytes">Below this it warns.</param>
/// <param name="RefuseBytes">Below this it takes no transactions in.</param>
/// <param name="StopBytes">Below this it stops.</param>
public sealed record DiskLimits(long AlarmBytes, long RefuseBytes, long StopBytes)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>On a large disk a tenth is more than anyone waits for.</summary>
    private const long AlarmBytesMax = 5L * 1024 * Mebibyte;

    /// <summary>On a large disk 2 % is more than a node writes in a month.</summary>
    private const long RefuseBytesMax = 1024 * Mebibyte;

    /// <summary>
    /// What folding the log of writes into tables and the blocks of the last minutes need, with as much again.
    /// </summary>
    private const long RefuseBytesMin = 128 * Mebibyte;

    /// <summary>
    /// The limits of a file system: a tenth of it or 5 GiB, 2 % of it or 1 GiB and never less than 128 MiB, and half
    /// of that.
    /// </summary>
    public static DiskLimits Of(long totalBytes)
    {
        long refuse = Math.Clamp(totalBytes / 50, RefuseBytesMin, RefuseBytesMax);
        return new DiskLimits(Math.Max(2 * refuse, Math.Min(totalBytes / 10, AlarmBytesMax)), refuse, refuse / 2);
    }
}
