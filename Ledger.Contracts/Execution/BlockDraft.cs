using System.Collections.Immutable;
using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// The state of a block in the making: what contracts read and write. A group that is refused is taken back to its
/// mark, so that nothing of it remains.
/// </summary>
public sealed class BlockDraft : IStateView
{
    /// <summary>A processor waits for about so many places of memory at a time.</summary>
    internal const int SideBySideMax = 16;

    private readonly KeySearch[] searches = new KeySearch[SideBySideMax];
    private readonly LedgerState parent;
    private readonly IRecordIndex index;
    private readonly DraftTable values = new();
    private readonly ulong seed;
    private readonly List<DraftUndo> journal = [];
    private readonly List<AppendedLeaf> leaves;
    private readonly List<LeafLink> links;
    private readonly RecordTable anchored;
    private readonly List<ErasedLeaf> erased = [];
    private readonly List<ContractEvent> events;
    private readonly SortedDictionary<string, Hash256> verbHashes = new(StringComparer.Ordinal);
    private ImmutableSortedSet<ExpiryEntry> expiry;
    private (StateKey Key, DraftValue? Value) newest;

    internal BlockDraft(LedgerState parent, IRecordIndex index, long timeUnixMs, int operations)
    {
        leaves = new List<AppendedLeaf>(operations);
        links = new List<LeafLink>(operations);
        events = new List<ContractEvent>(operations);
        this.parent = parent;
        this.index = index;
        TimeUnixMs = timeUnixMs;
        expiry = parent.Expiry;
        seed = parent.Root.Lead;
        anchored = new RecordTable(seed);
        Writers = new WriterPlaces(this, seed);
    }

    /// <summary>Counts what operations do.</summary>
    internal WorkMeter Meter { get; } = new();

    /// <summary>The LLPCs and writers whose records the block inserts.</summary>
    internal WriterPlaces Writers { get; }

    /// <summary>The block's time, in ms since 1970-01-01 UTC.</summary>
    public long TimeUnixMs { get; }

    /// <summary>The version of the rules that the block is executed by.</summary>
    public uint Rules { get; internal init; } = RulesVersions.First;

    /// <summary>What events are attributed to.</summary>
    internal OperationPlace? Place { get; set; }

    internal ImmutableSortedSet<ExpiryEntry> Expiry => expiry;

    internal IReadOnlyList<AppendedLeaf> Leaves => leaves;

    internal IReadOnlyList<ErasedLeaf> Erased => erased;

    internal IReadOnlyList<ContractEvent> Events => events;

    /// <inheritdoc/>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        DraftValue found = Load(key);
        Meter.Read(found);
        value = found.Bytes;
        return found.Exists;
    }

    /// <inheritdoc/>
    public T? Peek<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        DraftValue found = Load(key);
        Meter.Read(found);
        return found.Peek(parser);
    }

    /// <summary>Names an LLPC. A block has few verbs, and each is hashed once.</summary>
    public LlpcName NameOf(ByteString learner, string verb)
    {
        if (!verbHashes.TryGetValue(verb, out Hash256 hash))
        {
            hash = LlpcName.HashOf(verb);
            verbHashes.Add(verb, hash);
        }

        return new LlpcName(learner.ToAddress(), verb, hash);
    }

    /// <summary>As <see cref="Peek{T}(StateKey, MessageParser{T})"/>, of a value that is at hand.</summary>
    internal T? Peek<T>(DraftValue value, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        Meter.Read(value);
        return value.Peek(parser);
    }

    /// <summary>The bytes of a value that is at hand; none where there is no value.</summary>
    internal ReadOnlyMemory<byte> Read(DraftValue value)
    {
        Meter.Read(value);
        return value.Bytes;
    }

    /// <summary>Whether a value that is at hand exists.</summary>
    internal bool Exists(DraftValue value)
    {
        Meter.Read(value);
        return value.Exists;
    }

    /// <summary>Sets the value of a key to the canonical encoding of a message.</summary>
    public void Set(StateKey key, IMessage value) => Set(Load(key), value.ToBytes());

    /// <summary>Sets a value that is at hand.</summary>
    internal void Set(DraftValue value, byte[] bytes)
    {
        Meter.Write(value, bytes.Length);
        journal.Add(value.Set(bytes));
        values.NoteSet(value);
    }

    /// <summary>
    /// Looks keys up side by side, <see cref="SideBySideMax"/> at most. By itself that is no work that counts.
    /// </summary>
    internal void Load(ReadOnlySpan<StateKey> keys, Span<DraftValue> found)
    {
        Invariant.That(keys.Length <= SideBySideMax);
        for (int place = 0; place < keys.Length; place++)
        {
            searches[place] = new KeySearch(keys[place].Hashed());
        }

        parent.Tree.Search(searches.AsSpan(0, keys.Length));
        for (int place = 0; place < keys.Length; place++)
        {
            KeySearch search = searches[place];
            ulong mix = search.Key.Mix(seed);
            DraftValue? known = values.Find(search.Key, mix);
            if (known is null)
            {
                int leavesAt = search.LeavesAt(out StateChange entry);
                known = new DraftValue(entry, leavesAt);
                values.Add(known, mix);
            }

            found[place] = known;
        }
    }

    /// <summary>Looks a key up, which by itself is no work that counts.</summary>
    internal DraftValue Load(StateKey key)
    {
        // Who acts is looked at again and again, by one and the same key.
        if (newest.Value is { } again && newest.Key.IsSame(key))
        {
            return again;
        }

        ulong mix = key.Mix(seed);
        DraftValue? found = values.Find(key, mix);
        if (found is null)
        {
            StateKey hashed = key.Hashed();
            int leavesAt = parent.Tree.LeavesAt(hashed.Hash, out ReadOnlyMemory<byte> bytes);
            found = new DraftValue(new StateChange(hashed, bytes), leavesAt);
            values.Add(found, mix);
        }

        newest = (key, found);
        return found;
    }

    /// <summary>Queues an instance that ends by itself.</summary>
    public void Schedule(ExpiryEntry entry) => expiry = expiry.Add(entry);

    /// <summary>Takes an instance that is being closed out of the queue.</summary>
    public void Unschedule(ExpiryEntry entry) => expiry = expiry.Remove(entry);

    /// <summary>Where the record with this locator stands, in a block before or in this one.</summary>
    public AnchoredRecord? FindRecord(RecordIndexKey key)
    {
        Meter.Record();
        return anchored.Find(key)?.Anchored ?? index.Find(key);
    }

    /// <summary>Hands a record over that was appended to a range, whose new value is set besides.</summary>
    internal void Append(DraftValue range, AppendedRecord record)
    {
        anchored.Add(record);
        Link(range, record);
    }

    /// <summary>Hands an entry over that was appended to the trail with this key.</summary>
    public void Append(StateKey range, AppendedTrailEntry entry) => Link(Load(range), entry);

    /// <summary>
    /// Hands a leaf over whose record is erased; the range's new value is set besides. Its locator is taken until the
    /// block ends: the index says so up to the parent.
    /// </summary>
    internal void Erase(ErasedLeaf leaf) => erased.Add(leaf);

    /// <summary>Hands an event over, which is the draft's from now on.</summary>
    public void Emit(ContractEvent contractEvent)
    {
        contractEvent.Attribute(Place);
        events.Add(contractEvent);
    }

    /// <summary>Nothing before this point is taken back any more.</summary>
    internal void Keep() => journal.Clear();

    internal DraftMark Mark() => new(journal.Count, leaves.Count, erased.Count, events.Count, expiry);

    internal void RollBack(DraftMark mark)
    {
        for (int place = journal.Count - 1; place >= mark.Changes; place--)
        {
            journal[place].Value.Restore(journal[place]);
        }

        journal.RemoveRange(mark.Changes, journal.Count - mark.Changes);
        for (int place = leaves.Count - 1; place >= mark.Leaves; place--)
        {
            links[place].Range.NewestLeaf = links[place].Before;
            if (leaves[place] is AppendedRecord record)
            {
                anchored.Remove(record);
            }
        }

        erased.RemoveRange(mark.Erased, erased.Count - mark.Erased);
        leaves.RemoveRange(mark.Leaves, leaves.Count - mark.Leaves);
        links.RemoveRange(mark.Leaves, links.Count - mark.Leaves);
        events.RemoveRange(mark.Events, events.Count - mark.Events);
        expiry = mark.Expiry;
    }

    internal (LedgerState State, StateChange[] Changes) Finish()
    {
        values.Release();
        anchored.Release();
        Writers.Release();
        StateChange[] changes = values.Changes(out int[] leavesAt);
        return (new LedgerState(parent.Tree.WithSorted(changes, leavesAt), expiry), changes);
    }

    /// <summary>The ranges that have grown, in the order of their first leaf of the block.</summary>
    internal IReadOnlyList<GrownRange> Grown()
    {
        List<GrownRange> grown = [];
        for (int place = 0; place < links.Count; place++)
        {
            if (links[place].Before < 0)
            {
                grown.Add(GrownOf(links[place].Range));
            }
        }

        return grown;
    }

    private GrownRange GrownOf(DraftValue range)
    {
        int count = 0;
        for (int place = range.NewestLeaf; place >= 0; place = links[place].Before)
        {
            count++;
        }

        IRangeLeaf[] ofRange = new IRangeLeaf[count];
        for (int place = range.NewestLeaf; place >= 0; place = links[place].Before)
        {
            ofRange[--count] = leaves[place].Content;
        }

        return new GrownRange(range.Key, range.Bytes, ofRange);
    }

    private void Link(DraftValue range, AppendedLeaf leaf)
    {
        links.Add(new LeafLink(range, range.NewestLeaf));
        range.NewestLeaf = leaves.Count;
        leaves.Add(leaf);
    }
}
