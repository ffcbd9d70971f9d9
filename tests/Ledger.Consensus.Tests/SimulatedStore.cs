using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>
/// A disk that keeps the order of writes and loses, at a crash, a random tail of those that were not synced.
/// </summary>
internal sealed class SimulatedStore(ProposalBlock genesis, ValidatorSet firstSet)
{
    private readonly List<(ProposalBlock Block, Certificate Certificate, ValidatorSet NextSet)> chain = [];
    private readonly SortedDictionary<(StoredItemKind, ulong Height, ulong View, MessageKind), StoredItem> items = [];
    private readonly List<ImmutableArray<StoredItem>> unsynced = [];

    /// <summary>The durable record of the vote state.</summary>
    public byte[] VoteState { get; private set; } = [];

    /// <summary>Decided blocks; the one of height h stands at h - 1.</summary>
    public IReadOnlyList<(ProposalBlock Block, Certificate Certificate, ValidatorSet NextSet)> Chain => chain;

    /// <summary>The newest decided height.</summary>
    public ulong Height => (ulong)chain.Count;

    /// <summary>How often it was waited for that something is on the disk.</summary>
    public int Syncs { get; private set; }

    /// <summary>Writes; synced writes take all earlier ones along.</summary>
    public void Persist(ImmutableArray<StoredItem> batch, ReadOnlyMemory<byte> voteState, bool synced)
    {
        if (!synced)
        {
            unsynced.Add(batch);
            return;
        }

        Flush();
        Apply(batch);
        if (!voteState.IsEmpty)
        {
            VoteState = voteState.ToArray();
        }
    }

    /// <summary>Appends a decided block, synced, and drops what its height no longer needs.</summary>
    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
        Flush();
        chain.Add((block, certificate, nextSet));
        foreach ((StoredItemKind Kind, ulong Height, ulong View, MessageKind Message) key in items.Keys.ToArray())
        {
            if (key.Height <= block.Height && key.Kind != StoredItemKind.NewView)
            {
                items.Remove(key);
            }
        }
    }

    /// <summary>Whether these bytes are durable as an own message of this slot.</summary>
    public bool HoldsOwn(ConsensusMessage content, ReadOnlySpan<byte> bytes) =>
        items.TryGetValue((StoredItemKind.OwnMessage, content.Height, content.View, content.Kind), out StoredItem? item)
        && item.Bytes.Span.SequenceEqual(bytes);

    /// <summary>The leaves whose bodies were written along with a proposal.</summary>
    public IEnumerable<Hash256> StoredBodies() => items.Values
        .Where(item => item.Block is not null).SelectMany(item => item.Block!.Leaves);

    /// <summary>What a restart reads.</summary>
    public RecoveredState Recover(Hash256 chainId, Address self, ulong startNonce)
    {
        bool atGenesis = chain.Count == 0;
        ProposalBlock head = atGenesis ? genesis : chain[^1].Block;
        return new RecoveredState(
            chainId,
            self,
            head.Height,
            head.Hash,
            head.Header.TimeUnixMs,
            atGenesis ? 0 : chain[^1].Certificate.View,
            head.Header.EndsEpoch ? head.Header.Epoch + 1 : head.Header.Epoch,
            atGenesis ? firstSet : chain[^1].NextSet,
            startNonce,
            VoteState,
            [.. items.Values]);
    }

    private void Flush()
    {
        Syncs++;
        foreach (ImmutableArray<StoredItem> batch in unsynced)
        {
            Apply(batch);
        }

        unsynced.Clear();
    }

    private void Apply(ImmutableArray<StoredItem> batch)
    {
        foreach (StoredItem item in batch)
        {
            if (item.Kind == StoredItemKind.NewView)
            {
                foreach (var key in items.Keys.Where(key => key.Item1 == StoredItemKind.NewView).ToArray())
                {
                    items.Remove(key);
                }
            }

            items[(item.Kind, item.Height, item.View, item.MessageKind)] = item;
        }
    }
}
