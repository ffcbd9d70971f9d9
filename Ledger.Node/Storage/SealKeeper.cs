namespace Ledger.Node.Storage;

/// <summary>
/// Carries the seal from batch to batch, and says at the opening what no longer agrees with it.
/// </summary>
internal sealed class SealKeeper
{
    /// <summary>Key of the seal; the one entry of its column that the seal does not cover.</summary>
    public static readonly byte[] Key = "seal"u8.ToArray();

    private readonly Func<string, byte[], byte[]?> read;
    private StoreSeal current;

    private SealKeeper(Func<string, byte[], byte[]?> read, StoreSeal current, SortedSet<string> broken)
    {
        this.read = read;
        this.current = current;
        Broken = broken;
    }

    /// <summary>Sealed columns that do not hold what was sealed.</summary>
    public SortedSet<string> Broken { get; }

    /// <summary>The number of the last batch.</summary>
    public ulong Sequence => current.Sequence;

    /// <summary>Reads the seal and compares it with what is stored and with the watermark.</summary>
    public static SealKeeper Open(
        Func<string, byte[], byte[]?> read,
        Func<string, IEnumerable<KeyValuePair<byte[], byte[]>>> scan,
        ulong? watermark)
    {
        SortedSet<string> broken = new(StringComparer.Ordinal);
        StoreSeal? seal = Read(read, scan);
        if (seal is null)
        {
            broken.UnionWith(SealedColumns.All);
            return new SealKeeper(read, StoreSeal.Empty, broken);
        }

        // A store without any batch is new: what its key signed before is the business of the mark beside it.
        if (seal.Sequence > 0 && !(watermark <= seal.Sequence))
        {
            broken.Add(LedgerColumns.Consensus);
        }

        for (int column = 0; column < SealedColumns.All.Count; column++)
        {
            string name = SealedColumns.All[column];
            if (!Holds(seal, column, scan(name)))
            {
                broken.Add(name);
            }
        }

        return new SealKeeper(read, seal, broken);
    }

    /// <summary>The seal with one more batch; it stands once <see cref="Keep"/> is called.</summary>
    public StoreSeal Next(DatabaseBatch batch) => current.With(batch.SealedChanges.Select(change =>
        (change.Column, change.Key, read(SealedColumns.All[change.Column], change.Key), change.Value)));

    /// <summary>Takes a seal that was written.</summary>
    public void Keep(StoreSeal written) => current = written;

    private static StoreSeal? Read(
        Func<string, byte[], byte[]?> read,
        Func<string, IEnumerable<KeyValuePair<byte[], byte[]>>> scan)
    {
        try
        {
            byte[]? stored = read(LedgerColumns.Meta, Key);
            if (stored is not null)
            {
                return StoreSeal.TryRead(stored, out StoreSeal? seal) ? seal : null;
            }

            return scan(LedgerColumns.Meta).Any() || scan(LedgerColumns.Blocks).Any() ? null : StoreSeal.Empty;
        }
        catch (DamagedDataException)
        {
            return null;
        }
    }

    private static bool Holds(StoreSeal seal, int column, IEnumerable<KeyValuePair<byte[], byte[]>> entries)
    {
        bool isMeta = SealedColumns.All[column] == LedgerColumns.Meta;
        try
        {
            return seal.Holds(column, entries.Where(entry => !isMeta || !entry.Key.AsSpan().SequenceEqual(Key)));
        }
        catch (DamagedDataException)
        {
            return false;
        }
    }
}
