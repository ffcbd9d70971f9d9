using Ledger.Primitives;

namespace Ledger.Node.Storage;

/// <summary>
/// Carries the seal from batch to batch, and says at the opening what no longer agrees with it. The hashes of what
/// consensus keeps are known from the opening on: its few entries change with every vote, and none is read back for it.
/// </summary>
internal sealed class SealKeeper
{
    /// <summary>Key of the seal; the one entry of its column that the seal does not cover.</summary>
    public static readonly byte[] Key = "seal"u8.ToArray();

    private static readonly int Consensus = SealedColumns.IndexOf(LedgerColumns.Consensus);

    private readonly Func<string, byte[], byte[]?> read;

    // Of the column of consensus; null where it could not be read whole, so that each entry is read when it changes.
    private readonly Dictionary<SealedKey, Hash256>? known;
    private StoreSeal current;

    private SealKeeper(
        Func<string, byte[], byte[]?> read,
        StoreSeal current,
        Dictionary<SealedKey, Hash256>? known,
        SortedSet<string> broken)
    {
        this.read = read;
        this.current = current;
        this.known = known;
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
            return new SealKeeper(read, StoreSeal.Empty, Known(scan), broken);
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

        return new SealKeeper(read, seal, Known(scan), broken);
    }

    /// <summary>What one more batch makes of the seal; it stands once <see cref="Keep"/> is called.</summary>
    public SealedBatch Next(DatabaseBatch batch)
    {
        List<(SealedKey Key, Hash256? Hash)> changes = new(batch.SealedChanges.Count);
        foreach ((SealedKey key, byte[]? value) in batch.SealedChanges)
        {
            changes.Add((key, value is null ? null : StoreSeal.HashOf(key.Key, value)));
        }

        return new SealedBatch(
            current.With(changes.Select(change => (change.Key.Column, Before(change.Key), change.Hash))), changes);
    }

    /// <summary>Takes a batch that was written.</summary>
    public void Keep(SealedBatch written)
    {
        current = written.Seal;
        foreach ((SealedKey key, Hash256? hash) in written.Changes.Where(change => change.Key.Column == Consensus))
        {
            if (hash is { } set)
            {
                known?[key] = set;
            }
            else
            {
                known?.Remove(key);
            }
        }
    }

    /// <summary>Takes a seal that was made anew of what stands in the columns.</summary>
    public void Keep(StoreSeal written) => current = written;

    private Hash256? Before(SealedKey key)
    {
        if (known is not null && key.Column == Consensus)
        {
            return known.TryGetValue(key, out Hash256 hash) ? hash : null;
        }

        byte[]? value = read(SealedColumns.All[key.Column], key.Key);
        return value is null ? null : StoreSeal.HashOf(key.Key, value);
    }

    private static Dictionary<SealedKey, Hash256>? Known(Func<string, IEnumerable<KeyValuePair<byte[], byte[]>>> scan)
    {
        try
        {
            return scan(LedgerColumns.Consensus).ToDictionary(
                static entry => new SealedKey(Consensus, entry.Key),
                static entry => StoreSeal.HashOf(entry.Key, entry.Value));
        }
        catch (DamagedDataException)
        {
            return null;
        }
    }

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
            return seal.Holds(column, entries
                .Where(entry => !isMeta || !entry.Key.AsSpan().SequenceEqual(Key))
                .Select(static entry => StoreSeal.HashOf(entry.Key, entry.Value)));
        }
        catch (DamagedDataException)
        {
            return false;
        }
    }
}
