using System.Buffers.Binary;
using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>
/// What consensus must not forget, on disk. A proposal is written with its bodies; a commit in one batch with the
/// block, the indexes and the state. Rules S-5 and C-5. Before a vote becomes durable <paramref name="onVote"/> is
/// told, with what makes an empty vote state durable where there is none.
/// </summary>
public sealed class ConsensusStore(
    LedgerDatabase database, ChainWriter writer, BlockAssembler assembler, ChainState chain, Action<Action> onVote)
        : IBlockStore
{
    /// <summary>First byte of the keys of items.</summary>
    public const byte ItemKey = 1;

    /// <summary>Length of the key of an item: this byte, kind, height, view, message kind.</summary>
    public const int ItemKeyBytes = 1 + 1 + (2 * sizeof(ulong)) + 1;

    /// <summary>Key of the newest record of the vote state.</summary>
    public static readonly byte[] VoteStateKey = [0];

    /// <summary>
    /// Key of the height up to which items were dropped with the blocks that decided them, in a store whose chain was
    /// cut below that height since; absent in others.
    /// </summary>
    public static readonly byte[] DecidedKey = [2];

    private long commitSignedHeight;

    // The keys of items that a commit drops. A scan for them would pass over what every block before has deleted.
    private List<byte[]>? dropped;

    // Blocks whose bodies were written with a proposal since the start.
    private readonly List<(ulong Height, Hash256 Block)> withBodies = [];

    /// <summary>The highest height for which a commit vote was signed: what fresh reads rest on (F-1).</summary>
    public ulong CommitSignedHeight => (ulong)Interlocked.Read(ref commitSignedHeight);

    /// <inheritdoc/>
    public void Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced)
    {
        using DatabaseBatch batch = database.NewBatch();
        foreach (StoredItem item in items)
        {
            if (item.Kind == StoredItemKind.NewView)
            {
                DropNewViews(batch, item.View);
            }

            byte[] key = KeyOf(item);
            batch.Put(LedgerColumns.Consensus, key, item.Bytes.Span);
            NoteDropped(key);
            if (item.Block is not null)
            {
                ChainWriter.PutBodies(batch, assembler.BodiesOf(item.Block.Hash));
                withBodies.Add((item.Height, item.Block.Hash));
            }

            NoteCommit(item);
        }

        if (!voteState.IsEmpty)
        {
            onVote(WriteEmptyVoteState);
            batch.Put(LedgerColumns.Consensus, VoteStateKey, voteState.ToArray());
        }

        database.Write(batch, synced);
    }

    /// <inheritdoc/>
    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
        ExecutedBlock executed = assembler.Take(block.Hash);
        using DatabaseBatch batch = database.NewBatch();
        Write(batch, executed, certificate);
        DropBelow(batch, block.Height);
        database.Write(batch, synced: true);
        ulong epoch = block.Header.EndsEpoch ? block.Header.Epoch + 1 : block.Header.Epoch;
        chain.Advance(
            new LedgerHead(block.Header, block.Hash, executed.Result.State, nextSet, epoch, certificate.View),
            executed);
    }

    /// <summary>What was in flight when the node stopped.</summary>
    public (ReadOnlyMemory<byte> VoteState, ImmutableArray<StoredItem> Items) Load()
    {
        ImmutableArray<StoredItem>.Builder items = ImmutableArray.CreateBuilder<StoredItem>();
        foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.Consensus, [ItemKey]))
        {
            Invariant.That(key.Length == ItemKeyBytes);
            StoredItemKind kind = (StoredItemKind)key[1];
            ProposalBlock? block = null;
            Invariant.That(
                kind != StoredItemKind.Proposal || ProposalBlock.TryDecode(value, out block),
                "a stored proposal is readable");
            StoredItem item = new(
                kind,
                BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(2)),
                BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(2 + sizeof(ulong))),
                (MessageKind)key[^1],
                value,
                block);
            NoteCommit(item);
            items.Add(item);
        }

        return (database.Get(LedgerColumns.Consensus, VoteStateKey) ?? [], items.ToImmutable());
    }

    // Who voted for a block has its transactions on disk since.
    private void Write(DatabaseBatch batch, ExecutedBlock executed, Certificate certificate)
    {
        if (withBodies.Contains((executed.Block.Height, executed.Block.Hash)))
        {
            writer.WriteWithoutBodies(batch, executed, certificate);
        }
        else
        {
            writer.Write(batch, executed, certificate);
        }

        withBodies.RemoveAll(stored => stored.Height <= executed.Block.Height);
    }

    // Says that nothing was signed: a crash may come before what is.
    private void WriteEmptyVoteState()
    {
        if (database.Get(LedgerColumns.Consensus, VoteStateKey) is not null)
        {
            return;
        }

        VoteState.Empty.Seal(out byte[] record);
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Consensus, VoteStateKey, record);
        database.Write(batch, synced: true);
    }

    private void NoteCommit(StoredItem item)
    {
        if (item is { Kind: StoredItemKind.OwnMessage, MessageKind: MessageKind.Commit })
        {
            Interlocked.Exchange(ref commitSignedHeight, Math.Max(commitSignedHeight, (long)item.Height));
        }
    }

    // Only the newest new view is kept, whatever its height (C-15). One of a higher view is of a height that the chain
    // had reached before it was cut.
    private void DropNewViews(DatabaseBatch batch, ulong view)
    {
        foreach ((byte[] key, byte[] _) in database.Scan(
            LedgerColumns.Consensus, [ItemKey, (byte)StoredItemKind.NewView]))
        {
            if (BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(2 + sizeof(ulong))) <= view)
            {
                batch.Delete(LedgerColumns.Consensus, key);
            }
        }
    }

    private void DropBelow(DatabaseBatch batch, ulong height)
    {
        List<byte[]> known = Dropped();
        foreach (byte[] key in known.Where(key => HeightOf(key) <= height))
        {
            batch.Delete(LedgerColumns.Consensus, key);
        }

        known.RemoveAll(key => HeightOf(key) <= height);
    }

    private void NoteDropped(byte[] key)
    {
        if ((StoredItemKind)key[1] != StoredItemKind.NewView)
        {
            Dropped().Add(key);
        }
    }

    private List<byte[]> Dropped() => dropped ??=
    [
        .. database.Scan(LedgerColumns.Consensus, [ItemKey])
            .Select(static entry => entry.Key)
            .Where(static key => (StoredItemKind)key[1] != StoredItemKind.NewView),
    ];

    private static ulong HeightOf(byte[] key) => BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(2));

    /// <summary>The key of an item.</summary>
    public static byte[] KeyOf(StoredItem item)
    {
        byte[] key = new byte[ItemKeyBytes];
        key[0] = ItemKey;
        key[1] = (byte)item.Kind;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(2), item.Height);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(2 + sizeof(ulong)), item.View);
        key[^1] = (byte)item.MessageKind;
        return key;
    }
}
