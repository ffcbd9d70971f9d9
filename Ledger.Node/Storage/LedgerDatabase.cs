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
    /// <summary>
    /// The format of what is stored; a node refuses to open another. 2 brought the seal, 3 the trail and the
    /// events, 4 their index, 5 the leaves of a block in one entry with their range.
    /// </summary>
    public const uint Format = 5;

    private const string ScrubSuffix = ".scrub";

    // No key of any column is as these are.
    private static readonly byte[] LeastKey = [0];
    private static readonly byte[] GreatestKey = [0xFF];

    private readonly string folder;
    private readonly RocksDb database;
    private readonly FolderLock folderLock;
    private readonly Watermark? watermark;
    private readonly SealKeeper seal;
    private readonly BatchMemory batchMemory = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, ColumnFamilyHandle> columns = new(StringComparer.Ordinal);
    private readonly WriteOptions syncedWrites = new WriteOptions().SetSync(true);
    private readonly WriteOptions unsyncedWrites = new WriteOptions().SetSync(false);
    private readonly ReadOptions checkedReads = new ReadOptions().SetVerifyChecksums(true);
    private readonly ReadOptions checkedScans = new ReadOptions().SetVerifyChecksums(true).SetTotalOrderSeek(true);
    private StorageFailedException? failure;
    private long batches;
    private long syncedBatches;

    private LedgerDatabase(string folder, RocksDb database, FolderLock folderLock, bool isReadOnly)
    {
        this.folder = folder;
        this.database = database;
        this.folderLock = folderLock;
        foreach (string name in LedgerColumns.All)
        {
            columns[name] = database.GetColumnFamily(name);
        }

        seal = SealKeeper.Open(Get, name => Scan(name, []), Watermark.Read(folder));
        watermark = isReadOnly ? null : Watermark.Open(folder, seal.Sequence);
    }

    /// <summary>
    /// Raised once, when a write has failed and the process must end, on the thread that wrote.
    /// </summary>
    public event Action<StorageFailedException>? Failed;

    /// <summary>
    /// Sealed columns whose entries are not those that were written, as they were found at the opening.
    /// </summary>
    public IReadOnlyCollection<string> BrokenSeals => seal.Broken;

    /// <summary>The number of the last batch that was written.</summary>
    public ulong Sequence => seal.Sequence;

    /// <summary>How many batches were written since the opening.</summary>
    public long Batches => Interlocked.Read(ref batches);

    /// <summary>How many of them were on disk before the writer went on: each waits for the device once.</summary>
    public long SyncedBatches => Interlocked.Read(ref syncedBatches);

    /// <summary>Opens the database in a folder, making it where there is none.</summary>
    /// <exception cref="StorageFailedException">It cannot be opened; the text says what to do.</exception>
    public static LedgerDatabase Open(string folder) => DatabaseOpening.Guard(folder, () =>
    {
        Directory.CreateDirectory(folder);
        FolderLock folderLock = FolderLock.Take(folder);
        return OrRelease(folderLock, () => new LedgerDatabase(
            folder,
            RocksDb.Open(DatabaseOpening.ForWriting(folder), folder, ColumnLayout.Families()),
            folderLock,
            isReadOnly: false));
    });

    /// <summary>
    /// Opens the database of a stopped node for reading. With <paramref name="toDamage"/> the log of writes is taken up
    /// to the first damage in it, for saving what can be saved; else such damage is an error.
    /// </summary>
    /// <exception cref="StorageFailedException">It cannot be opened, or a node runs on it.</exception>
    public static LedgerDatabase OpenReadOnly(string folder, bool toDamage) => DatabaseOpening.Guard(folder, () =>
    {
        FolderLock folderLock = FolderLock.Take(folder);
        Recovery mode = toDamage ? Recovery.PointInTime : Recovery.TolerateCorruptedTailRecords;
        return OrRelease(folderLock, () => new LedgerDatabase(
            folder,
            RocksDb.OpenReadOnly(DatabaseOpening.ForReading(mode), folder, ColumnLayout.Families(), false),
            folderLock,
            isReadOnly: true));
    });

    /// <summary>The value of a key, or null.</summary>
    /// <exception cref="DamagedDataException">The disk cannot read it, or a checksum differs.</exception>
    public byte[]? Get(string column, byte[] key)
    {
        try
        {
            return database.Get(key, columns[column], checkedReads);
        }
        catch (RocksDbException problem)
        {
            throw new DamagedDataException(column, key, problem.Message, problem);
        }
    }

    /// <summary>
    /// The values of keys of a column in their order, or null where there is none: together for less than one by one.
    /// </summary>
    /// <exception cref="DamagedDataException">The disk cannot read one, or a checksum differs.</exception>
    public byte[]?[] GetAll(string column, byte[][] keys)
    {
        ColumnFamilyHandle[] all = new ColumnFamilyHandle[keys.Length];
        Array.Fill(all, columns[column]);
        try
        {
            return Array.ConvertAll(database.MultiGet(keys, all, checkedReads), static entry => entry.Value);
        }
        catch (RocksDbException)
        {
            // One by one they tell which.
            return Array.ConvertAll(keys, key => Get(column, key));
        }
    }

    /// <summary>A new, empty batch.</summary>
    public DatabaseBatch NewBatch() => new(columns, batchMemory);

    /// <summary>Gives back what is kept for the next batch.</summary>
    public void FreeBatchMemory() => batchMemory.Free();

    /// <summary>Writes a batch; if synced, it is on disk on return, with everything written before it.</summary>
    /// <exception cref="StorageFailedException">The disk refused; the process must stop.</exception>
    public void Write(DatabaseBatch batch, bool synced)
    {
        lock (gate)
        {
            if (failure is not null)
            {
                throw failure;
            }

            try
            {
                SealedBatch next = seal.Next(batch);
                batch.Inner.Put(SealKeeper.Key, next.Seal.Encode(), columns[LedgerColumns.Meta]);
                database.Write(batch.Inner, synced ? syncedWrites : unsyncedWrites);
                seal.Keep(next);
                Interlocked.Increment(ref batches);
                if (synced)
                {
                    Interlocked.Increment(ref syncedBatches);
                    watermark!.Note(next.Seal.Sequence);
                }
            }
            catch (Exception problem) when (problem is RocksDbException or IOException or DamagedDataException)
            {
                failure = new StorageFailedException(
                    $"Writing to the database failed: {problem.Message}. The node stops so that it promises "
                    + "nothing it cannot keep. Check the disk and its free space, then start the node again.",
                    problem);
            }
        }

        if (failure is not null)
        {
            Failed?.Invoke(failure);
            throw failure;
        }
    }

    /// <summary>
    /// Writes the tables of a column anew, and lets go of the log, so that neither holds keys and values that were
    /// deleted. The list of tables names the least and the greatest key of each until the next start.
    /// </summary>
    public void Scrub(string column)
    {
        database.CompactRange(null, null, columns[column]);

        // Tables that nothing overlaps are moved as they are, marks of what was deleted included: something over all of
        // them has them written anew.
        lock (gate)
        {
            using WriteBatch edges = new();
            edges.Delete(LeastKey, columns[column]);
            edges.Delete(GreatestKey, columns[column]);
            database.Write(edges, syncedWrites);
        }

        database.CompactRange(null, null, columns[column]);

        // The log goes once every column that it has writes of stands in tables, as a copy of the database needs it.
        string copy = folder + ScrubSuffix;
        DeleteFolder(copy);
        using (Checkpoint checkpoint = database.Checkpoint())
        {
            checkpoint.Save(copy);
        }

        DeleteFolder(copy);
    }

    /// <summary>
    /// Takes what stands in the sealed columns as it is, after the operator has agreed to go on without what was lost.
    /// </summary>
    public void SealAnew()
    {
        lock (gate)
        {
            StoreSeal next = StoreSeal.Empty.After(seal.Sequence).With(
                SealedColumns.All.SelectMany((name, place) => Scan(name, [])
                    .Where(entry => name != LedgerColumns.Meta || !entry.Key.AsSpan().SequenceEqual(SealKeeper.Key))
                    .Select(entry => (place, (Hash256?)null, (Hash256?)StoreSeal.HashOf(entry.Key, entry.Value)))));
            using WriteBatch batch = new();
            batch.Put(SealKeeper.Key, next.Encode(), columns[LedgerColumns.Meta]);
            database.Write(batch, syncedWrites);
            seal.Keep(next);
            seal.Broken.Clear();
            watermark!.Reset(next.Sequence);
        }
    }

    /// <summary>
    /// Entries of a column from <paramref name="from"/> on that begin with <paramref name="prefix"/>, in key order.
    /// </summary>
    /// <exception cref="DamagedDataException">While it is read: the disk cannot read on.</exception>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Scan(string column, byte[] prefix, byte[]? from = null)
    {
        using Iterator iterator = database.NewIterator(columns[column], checkedScans);
        byte[] at = from ?? prefix;
        bool isFirst = true;
        while (TryStep(iterator, column, at, isFirst, out KeyValuePair<byte[], byte[]> entry)
            && entry.Key.AsSpan().StartsWith(prefix))
        {
            yield return entry;
            at = entry.Key;
            isFirst = false;
        }
    }

    /// <summary>The last entry of a column whose key is not above one, or null.</summary>
    /// <exception cref="DamagedDataException">The disk cannot read it.</exception>
    public KeyValuePair<byte[], byte[]>? LastUpTo(string column, byte[] key)
    {
        try
        {
            using Iterator iterator = database.NewIterator(columns[column], checkedScans);
            return iterator.SeekForPrev(key).Valid()
                ? new KeyValuePair<byte[], byte[]>(iterator.Key(), iterator.Value())
                : null;
        }
        catch (RocksDbException problem)
        {
            throw new DamagedDataException(column, key, problem.Message, problem);
        }
    }

    /// <summary>About how many entries a column has.</summary>
    public ulong Estimate(string column) => ulong.TryParse(
        database.GetProperty("rocksdb.estimate-num-keys", columns[column]),
        System.Globalization.NumberStyles.None,
        System.Globalization.CultureInfo.InvariantCulture,
        out ulong count)
            ? count
            : 0;

    /// <summary>A height as a key that orders by number.</summary>
    public static byte[] HeightKey(ulong height)
    {
        byte[] key = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(key, height);
        return key;
    }

    /// <summary>Key of the entry of leaves of a range of which the last has this index.</summary>
    public static byte[] LeafKey(ReadOnlySpan<byte> rangeKey, ulong index)
    {
        byte[] key = new byte[rangeKey.Length + sizeof(ulong)];
        WriteLeafKey(key, rangeKey, index);
        return key;
    }

    /// <summary>Writes the same key, which is eight bytes longer than that of the range.</summary>
    public static void WriteLeafKey(Span<byte> destination, ReadOnlySpan<byte> rangeKey, ulong index)
    {
        rangeKey.CopyTo(destination);
        BinaryPrimitives.WriteUInt64BigEndian(destination[rangeKey.Length..], index);
    }

    /// <summary>
    /// Closes the database. After a failed write it is left as it is, for the process ends: closing would write on.
    /// </summary>
    public void Dispose()
    {
        if (failure is not null)
        {
            return;
        }

        batchMemory.Free();
        database.Dispose();
        watermark?.Dispose();
        folderLock.Dispose();
    }

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static bool TryStep(
        Iterator iterator, string column, byte[] at, bool isFirst, out KeyValuePair<byte[], byte[]> entry)
    {
        try
        {
            Iterator moved = isFirst ? iterator.Seek(at) : iterator.Next();
            bool stands = moved.Valid();
            entry = stands ? new KeyValuePair<byte[], byte[]>(moved.Key(), moved.Value()) : default;
            return stands;
        }
        catch (RocksDbException problem)
        {
            throw new DamagedDataException(column, at, "from here on it cannot be read: " + problem.Message, problem);
        }
    }

    private static LedgerDatabase OrRelease(FolderLock folderLock, Func<LedgerDatabase> open)
    {
        LedgerDatabase? opened = null;
        try
        {
            opened = open();
            return opened;
        }
        finally
        {
            if (opened is null)
            {
                folderLock.Dispose();
            }
        }
    }
}
