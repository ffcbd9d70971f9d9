using System.Security.Cryptography;
using RocksDbSharp;

namespace Ledger.Node.Storage;

/// <summary>How the database is opened, and what its failures to open mean for the operator.</summary>
internal static class DatabaseOpening
{
    /// <summary>Open files are capped so that a node lives within the usual limit of 1,024.</summary>
    private const int OpenFilesMax = 512;

    /// <summary>
    /// One folds and one merges; where files gather behind a merge that takes minutes, up to five more merge beside it.
    /// </summary>
    private const int BackgroundThreads = 7;

    /// <summary>
    /// The log of writes is folded into tables at this size at most, so that a restart reads no more and a full disk is
    /// recovered within the reserve.
    /// </summary>
    private const int LogBytesMax = 32 * 1024 * 1024;

    /// <summary>
    /// And at this size at least. Validators take in the same: with one size for all they would fold, and compact for
    /// half a minute, all at once, and a quorum would wait for it. Each start draws its own.
    /// </summary>
    private const int LogBytesMin = LogBytesMax * 5 / 8;

    /// <summary>
    /// Where files cannot be written past the page cache, what is written in the background goes to the disk in
    /// portions of this, and not all at a file's end.
    /// </summary>
    private const ulong BackgroundSyncBytes = 1024 * 1024;

    /// <summary>
    /// The options for a database that is written. One thread writes at a time. A damaged record within the log is an
    /// error; an incomplete one at its end is dropped, and the watermark tells whether it had been promised.
    /// </summary>
    public static DbOptions ForWriting(string folder)
    {
        NativeHeap.KeepLargeBlocksApart();
        DbOptions options = Options(Recovery.TolerateCorruptedTailRecords)
            .SetCreateIfMissing(true)
            .SetCreateMissingColumnFamilies(true)
            .SetMaxTotalWalSize((ulong)RandomNumberGenerator.GetInt32(LogBytesMin, LogBytesMax + 1))
            .SetBytesPerSync(BackgroundSyncBytes)
            .IncreaseParallelism(BackgroundThreads)
            .SetAllowConcurrentMemtableWrite(false);
        if (DirectFiles.AreSupported(folder))
        {
            // What stands in the page cache is written out with the next sync of the log, and votes would wait for it.
            options.SetUseDirectIoForFlushAndCompaction(true);
        }

        return options;
    }

    /// <summary>The options for a database that is only read.</summary>
    public static DbOptions ForReading(Recovery recovery) => Options(recovery).SetCreateIfMissing(false);

    private static DbOptions Options(Recovery recovery) => new DbOptions()
        .SetMaxOpenFiles(OpenFilesMax)
        .SetKeepLogFileNum(2)
        .SetParanoidChecks(true)
        .SetWalRecoveryMode(recovery);

    /// <summary>Opens, and turns every failure into one that the operator can act on.</summary>
    public static LedgerDatabase Guard(string folder, Func<LedgerDatabase> open)
    {
        try
        {
            return open();
        }
        catch (RocksDbException problem)
        {
            throw Explain(folder, problem);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw new StorageFailedException(
                $"The data folder {folder} cannot be written: {problem.Message} Check its owner and the free space.",
                problem);
        }
    }

    private static StorageFailedException Explain(string folder, RocksDbException problem)
    {
        string message = problem.Message;
        if (Says(message, "No space left") || Says(message, "File too large") || Says(message, "quota"))
        {
            return new StorageFailedException(
                $"There is no room on the disk of {folder}: {message}. Make room and start the node again; the data "
                + "are whole.",
                problem);
        }

        if (Says(message, "lock"))
        {
            return new StorageFailedException(
                $"The data folder {folder} is in use by another node. Stop that node, or give this one another "
                + "folder.",
                problem);
        }

        return new StorageFailedException(
            $"The database in {folder} cannot be opened: {message}. See what is damaged with `ledger-node fsck`, and "
            + "mend it with `ledger-node fsck --repair`.",
            problem)
        {
            IsDamage = true,
        };
    }

    private static bool Says(string message, string word) =>
        message.Contains(word, StringComparison.OrdinalIgnoreCase);
}
