using System.Collections.Immutable;
using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// The state of a block in the making: what contracts read and write. A group that is refused is taken back to its
/// mark, so that nothing of it remains.
/// </summary>
public sealed class BlockDraft : IStateView
{
    private readonly LedgerState parent;
    private readonly IRecordIndex index;
    private readonly DraftTable values;
    private readonly List<DraftUndo> journal = [];
    private readonly List<AppendedLeaf> leaves = [];
    private readonly RecordTable anchored;
    private readonly List<ContractEvent> events = [];
    private readonly SortedDictionary<string, Hash256> verbHashes = new(StringComparer.Ordinal);
    private ImmutableSortedSet<ExpiryEntry> expiry;

    internal BlockDraft(LedgerState parent, IRecordIndex index, long timeUnixMs)
    {
        this.parent = parent;
        this.index = index;
        TimeUnixMs = timeUnixMs;
        expiry = parent.Expiry;
        ulong seed = parent.Root.Lead;
        values = new DraftTable(seed);
        anchored = new RecordTable(seed);
    }

    /// <summary>Counts what operations do.</summary>
    internal WorkMeter Meter { get; } = new();

    /// <summary>The block's time, in ms since 1970-01-01 UTC.</summary>
    public long TimeUnixMs { get; }

    /// <summary>The version of the rules that the block is executed by.</summary>
    public uint Rules { get; internal init; } = RulesVersions.First;

    /// <summary>What events are attributed to.</summary>
    internal OperationPlace? Place { get; set; }

    internal ImmutableSortedSet<ExpiryEntry> Expiry => expiry;

    internal IReadOnlyList<AppendedLeaf> Leaves => leaves;

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

    /// <summary>Sets the value of a key to the canonical encoding of a message.</summary>
    public void Set(StateKey key, IMessage value)
    {
        byte[] bytes = value.ToByteArray();
        DraftValue found = Load(key);
        Meter.Write(found, bytes.Length);
        journal.Add(found.Set(bytes));
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

    /// <summary>Hands a record over that was appended to its range.</summary>
    public void Append(AppendedRecord record)
    {
        anchored.Add(record);
        leaves.Add(record);
    }

    /// <summary>Hands an entry over that was appended to its trail.</summary>
    public void Append(AppendedTrailEntry entry) => leaves.Add(entry);

    /// <summary>Hands an event over.</summary>
    public void Emit(ContractEvent contractEvent) => events.Add(contractEvent with { Place = Place });

    internal DraftMark Mark() => new(journal.Count, leaves.Count, events.Count, expiry);

    internal void RollBack(DraftMark mark)
    {
        for (int place = journal.Count - 1; place >= mark.Changes; place--)
        {
            journal[place].Value.Restore(journal[place]);
        }

        journal.RemoveRange(mark.Changes, journal.Count - mark.Changes);
        foreach (AppendedRecord record in leaves.Skip(mark.Leaves).OfType<AppendedRecord>())
        {
            anchored.Remove(record);
        }

        leaves.RemoveRange(mark.Leaves, leaves.Count - mark.Leaves);
        events.RemoveRange(mark.Events, events.Count - mark.Events);
        expiry = mark.Expiry;
    }

    internal (LedgerState State, StateChange[] Changes) Finish()
    {
        StateChange[] changes = values.Changes();
        return (new LedgerState(parent.Tree.WithSorted(changes), expiry), changes);
    }

    private DraftValue Load(StateKey key)
    {
        DraftValue? found = values.Find(key);
        if (found is null)
        {
            StateKey hashed = key.Hashed();
            bool exists = parent.TryGet(hashed, out ReadOnlyMemory<byte> bytes);
            found = new DraftValue(hashed, exists, bytes);
            values.Add(found);
        }

        return found;
    }
}
