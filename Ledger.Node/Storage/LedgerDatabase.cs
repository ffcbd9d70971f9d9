using System.Buffers.Binary;
using Ledger.Primitives;
using RocksDbSharp;

namespace Ledger.Node.Storage;

/// <summary>
/// The node's RocksDB: opens it, knows its column families, and writes batches that are on disk before the call
/// returns. A write that fails stops the process (see <see cref="StorageFailedException"/>): it is never tried again.
/// </summary>
public sealed class LedgerDatabase : IDisposable
{
    /// <summary>The format of what is stored; a node refuses to open another.</summary>
    public const uint Format = 1;

    /// <summary>Open files are capped so that a node lives within the usual limit of 1,024.</summary>
    private const int OpenFilesMax = 256;

    private const ulong WriteBufferBytes = 16 * 1024 * 1024;

    private readonly RocksDb database;
    private readonly Dictionary<string, ColumnFamilyHandle> columns = new(StringComparer.Ordinal);
    private readonly WriteOptions syncedWrites = new WriteOptions().SetSync(true);
    private readonly WriteOptions unsyncedWrites = new WriteOptions().SetSync(false);
    private readonly ReadOptions checkedReads = new ReadOptions().SetVerifyChecksums(true);

    private LedgerDatabase(RocksDb database)
    {
        this.database = database;
        foreach (string name in LedgerColumns.All)
        {
            columns[name] = database.GetColumnFamily(name);
        }
    }

    /// <summary>Opens the database in a folder, making it where there is none.</summary>
    /// <exception cref="StorageFailedException">It cannot be opened; the text says what to do.</exception>
    public static LedgerDatabase Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            DbOptions options = new DbOptions()
                .SetCreateIfMissing(true)
                .SetCreateMissingColumnFamilies(true)
                .SetMaxOpenFiles(OpenFilesMax)
                .SetKeepLogFileNum(2)
                .SetWalRecoveryMode(Recovery.TolerateCorruptedTailRecords);
            ColumnFamilies families = new();
            foreach (string name in LedgerColumns.All)
            {
                families.Add(name, new ColumnFamilyOptions().SetWriteBufferSize(WriteBufferBytes));
            }

            return new LedgerDatabase(RocksDb.Open(options, folder, families));
        }
        catch (RocksDbException problem)
        {
            throw new StorageFailedException(Explain(folder, problem.Message), problem);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw new StorageFailedException(
                $"The data folder {folder} cannot be written: {problem.Message} Check its owner and the free "
                + "space.",
                problem);
        }
    }

    /// <summary>The value of a key, or null.</summary>
    public byte[]? Get(string column, byte[] key) => database.Get(key, columns[column], checkedReads);

    /// <summary>A new, empty batch.</summary>
    public DatabaseBatch NewBatch() => new(columns);

    /// <summary>Writes a batch; if synced, it is on disk on return, with everything written before it.</summary>
    /// <exception cref="StorageFailedException">The disk refused; the process must stop.</exception>
    public void Write(DatabaseBatch batch, bool synced)
    {
        try
        {
            database.Write(batch.Inner, synced ? syncedWrites : unsyncedWrites);
        }
        catch (RocksDbException problem)
        {
            throw new StorageFailedException(
                $"Writing to the database failed: {problem.Message}. The node stops so that it promises "
                + "nothing it cannot keep. "
                + "Check the disk and its free space, then start the node again.",
                problem);
        }
    }

    /// <summary>
    /// Entries of a column from <paramref name="from"/> on that begin with <paramref name="prefix"/>, in key order.
    /// </summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Scan(string column, byte[] prefix, byte[]? from = null)
    {
        using Iterator iterator = database.NewIterator(columns[column], checkedReads);
        for (iterator.Seek(from ?? prefix); iterator.Valid(); iterator.Next())
        {
            byte[] key = iterator.Key();
            if (!key.AsSpan().StartsWith(prefix))
            {
                yield break;
            }

            yield return new KeyValuePair<byte[], byte[]>(key, iterator.Value());
        }
    }

    /// <summary>A height as a key that orders by number.</summary>
    public static byte[] HeightKey(ulong height)
    {
        byte[] key = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(key, height);
        return key;
    }

    /// <summary>Key of a range's records: learner, verb hash and writer.</summary>
    public static byte[] RangeKey(Address learner, Hash256 verbHash, Address writer)
    {
        byte[] key = new byte[3 * Hash256.Size];
        learner.CopyTo(key);
        verbHash.CopyTo(key.AsSpan(Hash256.Size));
        writer.CopyTo(key.AsSpan(2 * Hash256.Size));
        return key;
    }

    /// <summary>Key of one record of a range.</summary>
    public static byte[] RecordKey(Address learner, Hash256 verbHash, Address writer, ulong index) =>
        [.. RangeKey(learner, verbHash, writer), .. HeightKey(index)];

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    private static string Explain(string folder, string message) =>
        message.Contains("lock", StringComparison.OrdinalIgnoreCase)
            ? $"The data folder {folder} is in use by another node. Stop that node, or give this one another folder."
            : $"The database in {folder} cannot be opened: {message}. Restore it from a backup, or "
                + "remove the folder and let "
                + "the node fetch the chain from its peers.";
}
