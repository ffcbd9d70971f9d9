using Ledger.Consensus;
using Ledger.Consensus.Protos;
using Ledger.Contracts.Execution;
using Ledger.Contracts.State;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;
using BlockHeader = Ledger.Consensus.BlockHeader;
using Certificate = Ledger.Consensus.Certificate;
using ValidatorSet = Ledger.Consensus.ValidatorSet;
using Validator = Ledger.Consensus.Validator;

namespace Ledger.Node.Chain;

/// <summary>
/// Finds where the node stood: opens or founds the chain, rebuilds the state, and compares its root with the header.
/// </summary>
public static class ChainRecovery
{
    /// <summary>The chain as it is on disk; on first use, the chain's beginning is written.</summary>
    /// <exception cref="StorageFailedException">What is on disk does not fit together; the text says what to
    /// do.</exception>
    public static ChainState Open(LedgerDatabase database, byte[] genesisBytes)
    {
        GenesisState genesis = GenesisState.Build(genesisBytes);
        BlockHeader genesisHeader = HeaderOf(genesis);
        byte[]? pointer = database.Get(LedgerColumns.Meta, ChainWriter.HeadKey);
        if (pointer is null)
        {
            return Found(database, genesisBytes, genesis, genesisHeader);
        }

        if (!genesisBytes.AsSpan().SequenceEqual(database.Get(LedgerColumns.Meta, ChainWriter.GenesisKey)))
        {
            throw Foreign("the data folder belongs to another ledger than the genesis document");
        }

        StoredHead head = StoredHead.Parser.ParseFrom(pointer);
        if (head.Format != LedgerDatabase.Format)
        {
            throw Foreign($"the data has format {head.Format}, this program reads {LedgerDatabase.Format}");
        }

        LedgerState state = LedgerState.FromEntries(new RangeStore(database).State([], null)
            .Select(entry => ((ReadOnlyMemory<byte>)entry.Key, (ReadOnlyMemory<byte>)entry.Value)));
        return head.Height == 0
            ? AtGenesis(genesisHeader, state)
            : Resume(database, head, state, Hash(genesisHeader));
    }

    private static ChainState Found(
        LedgerDatabase database, byte[] genesisBytes, GenesisState genesis, BlockHeader header)
    {
        using DatabaseBatch batch = database.NewBatch();
        ChainWriter.WriteGenesis(batch, genesisBytes, Hash(header), genesis.State);
        database.Write(batch, synced: true);
        return AtGenesis(header, genesis.State);
    }

    private static ChainState AtGenesis(BlockHeader header, LedgerState state)
    {
        Hash256 hash = Hash(header);
        return new ChainState(new LedgerHead(header, hash, state, SetOf(state), 0, 0), RecentHeads.Of(0, hash));
    }

    private static ChainState Resume(
        LedgerDatabase database, StoredHead head, LedgerState state, Hash256 genesis)
    {
        ChainReader reader = new(database);
        StoredBlock? stored = reader.Block(head.Height);
        if (stored is null
            || !ProposalBlock.TryRead(stored.Block.Proposal, out ProposalBlock? block)
            || !Certificate.TryRead(stored.Block.Certificate, out Certificate? certificate)
            || block.Hash != new Hash256(head.BlockHash.Span))
        {
            throw Broken($"block {head.Height} is missing or damaged");
        }

        if (state.Root != block.Header.StateRoot)
        {
            throw Broken($"the state does not have the root of block {head.Height}");
        }

        ulong epoch = block.Header.EndsEpoch ? block.Header.Epoch + 1 : block.Header.Epoch;
        ChainState chain = new(
            new LedgerHead(block.Header, block.Hash, state, SetOf(state), epoch, certificate.View),
            HeadsUpTo(reader, head.Height, block.Hash, genesis));
        Remember(reader, chain, block.Header.TimeUnixMs);
        return chain;
    }

    // From the head down, each header names the hash of the one before it. Where one is damaged, the next below tells
    // its own hash: one damaged block does not keep a node from starting, and is fetched when it runs.
    private static RecentHeads HeadsUpTo(ChainReader reader, ulong newest, Hash256 newestHash, Hash256 genesis)
    {
        ulong first = newest < RecentHeads.CountMax ? 0 : newest + 1 - RecentHeads.CountMax;
        Stack<Hash256> hashes = new();
        Hash256? known = newestHash;
        for (ulong height = newest; height > Math.Max(first, 1) - 1; height--)
        {
            BlockHeader? header = HeaderAt(reader, height, ref known);
            hashes.Push(known ?? throw Broken($"block {height} is missing or damaged"));
            known = header?.ParentHash;
        }

        RecentHeads heads = RecentHeads.Of(first, first == 0 ? genesis : hashes.Pop());
        while (hashes.TryPop(out Hash256 next))
        {
            heads = heads.With(next);
        }

        return heads;
    }

    // The header of a height, or null where it is damaged: not of the known hash, or not of its certificate.
    private static BlockHeader? HeaderAt(ChainReader reader, ulong height, ref Hash256? known)
    {
        try
        {
            CertifiedProposal? block = reader.Block(height)?.Block;
            byte[] bytes = block?.Proposal?.Header.ToByteArray() ?? [];
            if (!BlockHeader.TryDecode(bytes, out BlockHeader? header)
                || !Certificate.TryRead(block!.Certificate, out Certificate? certificate)
                || BlockHeader.HashOf(bytes) != (known ?? certificate.BlockHash))
            {
                return null;
            }

            known ??= certificate.BlockHash;
            return header;
        }
        catch (DamagedDataException)
        {
            // The block after it has told its hash, or recovery fails for want of it.
            return null;
        }
    }

    // the ids of all blocks whose time is at least the head's less the window.
    private static void Remember(ChainReader reader, ChainState chain, long headTime)
    {
        Stack<(long Time, Hash256[] Ids)> recent = new();
        for (ulong height = chain.Head.Height; height > 0; height--)
        {
            StoredBlock? stored = reader.Block(height);
            if (stored is null || !BlockHeader.TryDecode(stored.Block.Proposal.Header.Span, out BlockHeader? header))
            {
                throw Broken($"block {height} is missing or damaged");
            }

            if (header.TimeUnixMs < headTime - RecentTransactions.WindowMs)
            {
                break;
            }

            ReadOnlySpan<byte> bytes = stored.TransactionIds.Span;
            Hash256[] ids = new Hash256[bytes.Length / Hash256.Size];
            for (int place = 0; place < ids.Length; place++)
            {
                ids[place] = new Hash256(bytes.Slice(place * Hash256.Size, Hash256.Size));
            }

            recent.Push((header.TimeUnixMs, ids));
        }

        foreach ((long time, Hash256[] ids) in recent)
        {
            chain.Recent.Add(time, ids);
        }
    }

    /// <summary>
    /// The header of height 0, which no certificate stands behind: it follows from the genesis document.
    /// </summary>
    public static BlockHeader HeaderOf(GenesisState genesis)
    {
        Hash256 validators = SetOf(genesis.State).Hash;
        return new BlockHeader
        {
            Height = 0,
            Epoch = 0,
            ParentHash = genesis.ChainId,
            TimeUnixMs = genesis.TimeUnixMs,
            TransactionRoot = MerkleList.Root([]),
            ReceiptRoot = MerkleList.Root([]),
            StateRoot = genesis.State.Root,
            ValidatorsHash = validators,
            NextValidatorsHash = validators,
        };
    }

    private static ValidatorSet SetOf(LedgerState state) => ValidatorSet.Of(
        ValidatorSeat.Of(state).Select(seat => new Validator(seat.Address, seat.VoteKey)));

    private static Hash256 Hash(BlockHeader header) => BlockHeader.HashOf(header.Encode());

    private static StorageFailedException Foreign(string what) => new(
        $"The data cannot be used: {what}. Move the data folder away and start the node again: it fetches the chain "
        + "from its peers, and votes again when you confirm it (docs/operations.md).",
        new InvalidDataException(what));

    private static StorageFailedException Broken(string what) => new(
        $"The data on disk do not fit together: {what}. `ledger-node fsck` names what is damaged, and "
        + "`ledger-node fsck --repair` mends it (docs/operations.md).",
        new InvalidDataException(what))
    {
        IsDamage = true,
    };
}
