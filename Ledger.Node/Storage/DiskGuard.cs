namespace Ledger.Node.Storage;

/// <summary>
/// Watches the free space of the data folder: warns, refuses transactions, and says when to stop, before the disk does
/// it at a worse moment.
/// </summary>
public sealed class DiskGuard
{
    private readonly Func<DiskSpace> measure;
    private readonly Func<DiskSpace, DiskLimits> limitsOf;
    private readonly ReserveFile reserve;
    private readonly ILogger logger;
    private int level = (int)DiskLevel.Enough;
    private long freeBytes;

    /// <summary>A guard; the functions are those of a file system, or of a test.</summary>
    public DiskGuard(
        Func<DiskSpace> measure, Func<DiskSpace, DiskLimits> limitsOf, ReserveFile reserve, ILogger logger)
    {
        this.measure = measure;
        this.limitsOf = limitsOf;
        this.reserve = reserve;
        this.logger = logger;
    }

    /// <summary>The level at the last look.</summary>
    public DiskLevel Level => (DiskLevel)Volatile.Read(ref level);

    /// <summary>The free bytes at the last look.</summary>
    public long FreeBytes => Volatile.Read(ref freeBytes);

    /// <summary>Whether there was room at the last look for what others want to store.</summary>
    public bool HasRoom() => Level < DiskLevel.Refusing;

    /// <summary>The guard of a data folder, which is made where there is none.</summary>
    /// <exception cref="StorageFailedException">It cannot be made.</exception>
    public static DiskGuard Of(string folder, ILogger logger)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StorageFailedException(
                $"The data folder {folder} cannot be made: {problem.Message} Check its owner and the free space.",
                problem);
        }

        return new DiskGuard(
            () => DiskSpace.Of(folder), space => DiskLimits.Of(space.TotalBytes), new ReserveFile(folder), logger);
    }

    /// <summary>
    /// Before the store is opened: gives the reserve back where it is needed, and refuses to begin where even that is
    /// not enough.
    /// </summary>
    /// <exception cref="DiskFullException">There is no room to run.</exception>
    public void RequireRoom()
    {
        if (Look() >= DiskLevel.Refusing && reserve.Release())
        {
            logger.LogCritical("The disk is nearly full: the reserve {Path} was given back.", reserve.Path);
            Look();
        }

        if (Level == DiskLevel.Stopping)
        {
            throw DiskFullException.Of(FreeBytes, Limits().StopBytes);
        }
    }

    /// <summary>Measures, tells of a change, and keeps the reserve while there is room for it.</summary>
    public DiskLevel Look()
    {
        DiskSpace space = measure();
        DiskLimits limits = limitsOf(space);
        DiskLevel now = space.FreeBytes < limits.StopBytes ? DiskLevel.Stopping
            : space.FreeBytes < limits.RefuseBytes ? DiskLevel.Refusing
            : space.FreeBytes < limits.AlarmBytes ? DiskLevel.Alarm
            : DiskLevel.Enough;
        Volatile.Write(ref freeBytes, space.FreeBytes);
        DiskLevel before = (DiskLevel)Interlocked.Exchange(ref level, (int)now);
        if (now != before)
        {
            Tell(now, space.FreeBytes);
        }

        if (now == DiskLevel.Enough && space.FreeBytes - ReserveFile.Bytes > limits.AlarmBytes)
        {
            reserve.Take();
        }

        return now;
    }

    /// <summary>Why the node must stop now, or null.</summary>
    public DiskFullException? Stop() =>
        Level == DiskLevel.Stopping ? DiskFullException.Of(FreeBytes, Limits().StopBytes) : null;

    private DiskLimits Limits() => limitsOf(measure());

    private void Tell(DiskLevel now, long free)
    {
        long mebibytes = free / (1024 * 1024);
        switch (now)
        {
            case DiskLevel.Enough:
                logger.LogInformation("The disk has room again: {Free} MiB.", mebibytes);
                break;
            case DiskLevel.Alarm:
                logger.LogWarning("The disk of the data folder is filling up: {Free} MiB are free.", mebibytes);
                break;
            case DiskLevel.Refusing:
                logger.LogCritical(
                    "The disk of the data folder is nearly full: {Free} MiB are free. No transactions are taken in.",
                    mebibytes);
                break;
            case DiskLevel.Stopping:
                logger.LogCritical(
                    "The disk of the data folder is full: {Free} MiB are free. The node stops.", mebibytes);
                break;
            default:
                throw new InvalidOperationException("a level without a name");
        }
    }
}
