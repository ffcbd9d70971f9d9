using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Chance;

namespace Ledger.Simulator.Disk;

/// <summary>
/// A disk below a store: a log of batches and, once they are synced, records with checksums. A crash leaves a part of
/// what was not synced, records can rot or land in the wrong place, and a sync can fail. Reading finds all of it.
/// </summary>
public sealed class SimulatedDisk
{
    private readonly List<DiskRecord<BlockRecord>?> blocks = [];
    private readonly List<Hash256> hashes = [];
    private readonly List<DiskRecord<StoredItem>> items = [];
    private readonly List<DiskBatch> unsynced = [];
    private DiskBatch? inFlight;

    /// <summary>The durable record of the vote state; the kernel checks it by itself.</summary>
    public byte[] VoteState { get; private set; } = [];

    /// <summary>The state that the blocks rest on: that of height 0, or of a snapshot.</summary>
    public SnapshotState? Base { get; private set; }

    /// <summary>The height of <see cref="Base"/>: no block up to it is kept.</summary>
    public ulong BaseHeight => Base?.Record.Block.Height ?? 0;

    /// <summary>The newest decided height.</summary>
    public ulong Height => BaseHeight + (ulong)blocks.Count;

    /// <summary>Whether anything is there.</summary>
    public bool IsEmpty => Height == 0 && VoteState.Length == 0;

    /// <summary>Writes; synced writes take all earlier ones along.</summary>
    public void Persist(DiskBatch batch, bool synced)
    {
        unsynced.Add(batch);
        if (synced)
        {
            Flush();
        }
    }

    /// <summary>Begins a synced write during which the process dies.</summary>
    public void BeginWrite(DiskBatch batch) => inFlight = batch;

    /// <summary>A decided block of a height, or null where it is not there or damaged.</summary>
    public BlockRecord? ReadBlock(ulong height)
    {
        if (height <= BaseHeight || height > Height)
        {
            return height > 0 && height == BaseHeight ? Base?.Record : null;
        }

        return blocks[IndexOf(height)] is { IsIntact: true } record ? record.Value : null;
    }

    /// <summary>The hash of a block, from the index, which is there twice and so is always found.</summary>
    public Hash256 HashOf(ulong height) => hashes[IndexOf(height)];

    /// <summary>The heights whose block is missing or damaged.</summary>
    public List<ulong> FindDamagedBlocks()
    {
        List<ulong> damaged = [];
        for (int index = 0; index < blocks.Count; index++)
        {
            if (blocks[index] is not { IsIntact: true })
            {
                damaged.Add(BaseHeight + 1 + (ulong)index);
            }
        }

        return damaged;
    }

    /// <summary>Whether all that is in flight can be read.</summary>
    public bool AreItemsIntact => items.TrueForAll(record => record.IsIntact);

    /// <summary>Forgets what is in flight: it is damaged.</summary>
    public void DropItems() => items.Clear();

    /// <summary>Writes a block again that was fetched from a peer.</summary>
    public void PutBlock(BlockRecord block) => blocks[IndexOf(block.Block.Height)] = Record(block);

    /// <summary>Whether these bytes are durable as an own message of this slot.</summary>
    public bool HoldsOwn(ConsensusMessage content, ReadOnlySpan<byte> bytes)
    {
        foreach (DiskRecord<StoredItem> record in items)
        {
            StoredItem item = record.Value;
            if (item.Kind is StoredItemKind.OwnMessage or StoredItemKind.NewView && item.MessageKind == content.Kind
                && item.Height == content.Height && item.View == content.View)
            {
                return item.Bytes.Span.SequenceEqual(bytes);
            }
        }

        return false;
    }

    /// <summary>The leaves whose bodies were written along with a proposal.</summary>
    public IEnumerable<Hash256> StoredBodies() => items
        .Where(record => record.Value.Block is not null).SelectMany(record => record.Value.Block!.Leaves);

    /// <summary>The own messages that are durable.</summary>
    public IEnumerable<StoredItem> OwnMessages() =>
        items.Select(record => record.Value).Where(item => item.Kind == StoredItemKind.OwnMessage);

    /// <summary>
    /// What a crash leaves: a prefix of what was not synced, the batch after it torn in most cases. Returns how many
    /// batches were lost and whether one was torn.
    /// </summary>
    public (int Lost, bool Torn) Crash(Prng prng, int tearPerMille)
    {
        if (inFlight is not null)
        {
            unsynced.Add(inFlight);
            inFlight = null;
        }

        if (unsynced.Count == 0)
        {
            return (0, false);
        }

        int kept = prng.Below(unsynced.Count + 1);
        bool torn = kept < unsynced.Count && prng.Chance(tearPerMille);
        int lost = unsynced.Count - kept;
        unsynced.RemoveRange(kept + (torn ? 1 : 0), unsynced.Count - kept - (torn ? 1 : 0));
        if (torn)
        {
            unsynced[kept].Tear(prng);
        }

        return (lost, torn);
    }

    /// <summary>
    /// Reads the log after a crash. A batch that is not whole was never synced: it and what follows go.
    /// </summary>
    public void ReplayLog()
    {
        int damaged = unsynced.FindIndex(batch => !batch.IsIntact);
        if (damaged >= 0)
        {
            unsynced.RemoveRange(damaged, unsynced.Count - damaged);
        }

        Flush();
    }

    /// <summary>Turns a bit in a block.</summary>
    public void RotBlock(ulong height, Prng prng) => blocks[IndexOf(height)] = blocks[IndexOf(height)]?.Rotten(prng);

    /// <summary>Turns a bit in something that is in flight; false where there is nothing.</summary>
    public bool RotItem(Prng prng)
    {
        if (items.Count == 0)
        {
            return false;
        }

        int place = prng.Below(items.Count);
        items[place] = items[place].Rotten(prng);
        return true;
    }

    /// <summary>Turns a bit in the vote state; false where there is none.</summary>
    public bool RotVoteState(Prng prng)
    {
        if (VoteState.Length == 0)
        {
            return false;
        }

        byte[] damaged = [.. VoteState];
        damaged[prng.Below(damaged.Length)] ^= (byte)(1 << prng.Below(8));
        VoteState = damaged;
        return true;
    }

    /// <summary>The newest block lands on the place of another, so that both are gone.</summary>
    public void MisdirectNewestBlock(ulong onto)
    {
        blocks[IndexOf(onto)] = blocks[^1]?.MisdirectedTo(onto);
        blocks[^1] = null;
    }

    /// <summary>Takes the newest blocks away, and nothing else.</summary>
    public void CutNewestBlocks(ulong count)
    {
        int kept = blocks.Count - (int)count;
        blocks.RemoveRange(kept, (int)count);
        hashes.RemoveRange(kept, (int)count);
    }

    /// <summary>A copy of all that is durable.</summary>
    public DiskImage Copy() => new(Base, [.. blocks], [.. hashes], [.. items], VoteState);

    /// <summary>Puts an old copy back.</summary>
    public void Restore(DiskImage image)
    {
        Wipe();
        Base = image.Base;
        blocks.AddRange(image.Blocks);
        hashes.AddRange(image.Hashes);
        items.AddRange(image.Items);
        VoteState = image.VoteState;
    }

    /// <summary>Formats it.</summary>
    public void Wipe()
    {
        Base = null;
        blocks.Clear();
        hashes.Clear();
        items.Clear();
        unsynced.Clear();
        inFlight = null;
        VoteState = [];
    }

    /// <summary>
    /// Puts a snapshot onto a disk without blocks. What was voted stays: the new store takes it over.
    /// </summary>
    public void Install(SnapshotState snapshot)
    {
        blocks.Clear();
        hashes.Clear();
        Base = snapshot;
        DropDecided(snapshot.Record.Block.Height);
    }

    /// <summary>Takes the vote state away, so that nobody starts on it: it was found damaged.</summary>
    public void DropVoteState() => VoteState = [];

    /// <summary>All that is in flight, in the order of a store's keys.</summary>
    public ImmutableArray<StoredItem> SortedItems()
    {
        List<StoredItem> sorted = [.. items.Select(record => record.Value)];
        sorted.Sort(static (left, right) => (left.Kind, left.Height, left.View, left.MessageKind)
            .CompareTo((right.Kind, right.Height, right.View, right.MessageKind)));
        return [.. sorted];
    }

    private void Flush()
    {
        foreach (DiskBatch batch in unsynced)
        {
            Apply(batch);
        }

        unsynced.Clear();
    }

    private void Apply(DiskBatch batch)
    {
        foreach (StoredItem item in batch.Items)
        {
            items.RemoveAll(record => IsReplacedBy(record.Value, item));
            items.Add(new DiskRecord<StoredItem>((ulong)item.Kind, item, item.Bytes));
        }

        if (!batch.VoteState.IsEmpty)
        {
            VoteState = batch.VoteState.ToArray();
        }

        if (batch.Block is BlockRecord decided)
        {
            blocks.Add(Record(decided));
            hashes.Add(decided.Block.Hash);
            DropDecided(decided.Block.Height);
        }
    }

    private void DropDecided(ulong height) =>
        items.RemoveAll(record => record.Value.Height <= height && record.Value.Kind != StoredItemKind.NewView);

    private static bool IsReplacedBy(StoredItem old, StoredItem item) =>
        old.Kind == item.Kind
        && (item.Kind == StoredItemKind.NewView
            || (old.Height == item.Height && old.View == item.View && old.MessageKind == item.MessageKind));

    private static DiskRecord<BlockRecord> Record(BlockRecord block) =>
        new(block.Block.Height, block, block.Block.HeaderBytes);

    private int IndexOf(ulong height) => (int)(height - BaseHeight - 1);
}
