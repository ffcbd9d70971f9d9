using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Consensus.Protos;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;
using BlockHeader = Ledger.Consensus.BlockHeader;
using Certificate = Ledger.Consensus.Certificate;

namespace Ledger.Node.Chain;

/// <summary>
/// Puts a decided block with everything that follows from it into one batch, the keys of each column in their order:
/// the store finds the place of a key from that of the one before. What a block erases is looked for in the database
/// that the batch is for.
/// </summary>
public sealed class ChainWriter(LedgerDatabase database)
{
    /// <summary>Key of the last committed pointer.</summary>
    public static readonly byte[] HeadKey = "head"u8.ToArray();

    /// <summary>Key of the genesis document.</summary>
    public static readonly byte[] GenesisKey = "genesis"u8.ToArray();

    /// <summary>Key of the <see cref="StoreBeginning"/>; absent where the store began with the ledger.</summary>
    public static readonly byte[] FirstBlockKey = "first-block"u8.ToArray();

    /// <summary>Writes the state of the genesis document, and the pointer to height 0.</summary>
    public static void WriteGenesis(DatabaseBatch batch, byte[] genesis, Hash256 blockHash, LedgerState state)
    {
        batch.Put(LedgerColumns.Meta, GenesisKey, genesis);
        foreach (StateChange entry in state.Tree.Entries())
        {
            batch.Put(LedgerColumns.State, entry.Key.Raw.Span, entry.Value.Span);
        }

        PutHead(batch, 0, blockHash);
    }

    /// <summary>Writes a block that was executed and decided.</summary>
    public void Write(DatabaseBatch batch, ExecutedBlock executed, Certificate certificate)
    {
        PutBodies(batch, executed.Transactions);
        WriteWithoutBodies(batch, executed, certificate);
    }

    /// <summary>The same of a block whose transactions' bodies are stored already, with the vote for it.</summary>
    public void WriteWithoutBodies(DatabaseBatch batch, ExecutedBlock executed, Certificate certificate)
    {
        ulong height = executed.Block.Height;
        PutBlock(batch, executed, certificate);
        PutResults(batch, height, executed);
        foreach (StateChange change in executed.Result.Changes)
        {
            // The value of a range stands with its newest leaves.
            if (!RangeName.IsRange(change.Key.Kind))
            {
                batch.Put(LedgerColumns.State, change.Key.Raw.Span, change.Value.Span);
            }
        }

        RangeStore.Put(batch, executed.Result.Grown);
        ErasedLeaves.Put(batch, database, executed.Result);

        if (executed.Block.Header.EndsEpoch)
        {
            PutEpoch(batch, executed);
        }

        PutHead(batch, height, executed.Block.Hash);
    }

    /// <summary>Writes how an epoch ended, of whose last block only the header is held.</summary>
    public static void WriteEpochEnd(DatabaseBatch batch, EpochEnd end)
    {
        Invariant.That(BlockHeader.TryDecode(end.Last.Header.Span, out BlockHeader? last));
        StoredEpoch epoch = new() { LastHeight = last.Height, Next = end.Next };
        batch.Put(LedgerColumns.Meta, EpochKey(last.Epoch), epoch.ToByteArray());
        batch.Put(LedgerColumns.Meta, HeaderKey(last.Height), end.Last.ToByteArray());
    }

    /// <summary>Writes from which heights on headers and whole blocks are held.</summary>
    public static void WriteBeginning(DatabaseBatch batch, StoreBeginning beginning) =>
        batch.Put(LedgerColumns.Meta, FirstBlockKey, beginning.Encode());

    /// <summary>Writes the last committed pointer.</summary>
    public static void PutHead(DatabaseBatch batch, ulong height, Hash256 blockHash)
    {
        StoredHead head = new()
        {
            Height = height,
            BlockHash = ByteString.CopyFrom(blockHash.ToArray()),
            Format = LedgerDatabase.Format,
        };
        batch.Put(LedgerColumns.Meta, HeadKey, head.ToByteArray());
    }

    /// <summary>Key of a certified header whose block is not held.</summary>
    public static byte[] HeaderKey(ulong height) => [.. "header-"u8, .. LedgerDatabase.HeightKey(height)];

    /// <summary>Key of the end of an epoch.</summary>
    public static byte[] EpochKey(ulong epoch) => [.. "epoch-"u8, .. LedgerDatabase.HeightKey(epoch)];

    /// <summary>What a block's events hash to: the same on all nodes.</summary>
    /// <param name="events">The serialised <see cref="EventList"/>.</param>
    public static Hash256 EventsDigest(ReadOnlySpan<byte> events) => TaggedHash.Of(Tags.BlockEvents, events);

    /// <summary>Writes the bodies of transactions.</summary>
    public static void PutBodies(DatabaseBatch batch, IReadOnlyList<ParsedTransaction> transactions)
    {
        Span<byte> leaf = stackalloc byte[Hash256.Size];
        foreach (ParsedTransaction transaction in transactions.OrderBy(static transaction => transaction.Leaf))
        {
            transaction.Leaf.CopyTo(leaf);
            batch.Put(LedgerColumns.Bodies, leaf, transaction.SignedBytes.Span);
        }
    }

    private static void PutEpoch(DatabaseBatch batch, ExecutedBlock executed)
    {
        StoredEpoch epoch = new() { LastHeight = executed.Block.Height, Next = new ValidatorSetMessage() };
        foreach (Ledger.Consensus.Validator validator in executed.NextSet.Validators)
        {
            epoch.Next.Validators.Add(new Ledger.Consensus.Protos.Validator
            {
                Address = ByteString.CopyFrom(validator.Address.ToArray()),
                VoteKey = ByteString.CopyFrom(validator.VoteKey.ToArray()),
            });
        }

        batch.Put(LedgerColumns.Meta, EpochKey(executed.Block.Header.Epoch), epoch.ToByteArray());
    }

    private static void PutBlock(DatabaseBatch batch, ExecutedBlock executed, Certificate certificate)
    {
        ulong height = executed.Block.Height;
        byte[] ids = new byte[executed.Transactions.Count * Hash256.Size];
        foreach ((int place, ParsedTransaction transaction) in
            executed.Transactions.Index().OrderBy(static one => one.Item.Id))
        {
            Span<byte> id = ids.AsSpan(place * Hash256.Size, Hash256.Size);
            transaction.Id.CopyTo(id);
            batch.Put(LedgerColumns.Transactions, id, new StoredPlace
            {
                Height = height,
                Transaction = (uint)place,
                Leaf = transaction.Leaf.ToField(),
            });
        }

        StoredBlock block = new()
        {
            Block = new CertifiedProposal
            {
                Proposal = executed.Block.ToMessage(),
                Certificate = certificate.ToMessage(),
            },
            TransactionIds = UnsafeByteOperations.UnsafeWrap(ids),
        };
        batch.Put(LedgerColumns.Blocks, LedgerDatabase.HeightKey(height), block.ToByteArray());
    }

    private static void PutResults(DatabaseBatch batch, ulong height, ExecutedBlock executed)
    {
        using MessageList events = EventsOf(executed.Result.Events);
        using MessageList results = new();
        StoredResult stored = new();

        // Receipts stand in the order of the transactions.
        int transaction = 0;
        foreach (OperationReceipt receipt in executed.Result.Receipts)
        {
            while (executed.Transactions[transaction].Id != receipt.Place.TransactionId)
            {
                transaction++;
            }

            stored.Transaction = (uint)transaction;
            stored.Group = (uint)receipt.Place.Group;
            stored.Operation = (uint)receipt.Place.Operation;
            stored.Result = UnsafeByteOperations.UnsafeWrap(receipt.Result);
            results.Add(StoredResults.ResultsFieldNumber, stored);
        }

        results.AddFields(new StoredResults
        {
            Events = UnsafeByteOperations.UnsafeWrap(events.Encoding),
            EventsDigest = EventsDigest(events.Encoding.Span).ToField(),
        });
        batch.Put(LedgerColumns.Results, LedgerDatabase.HeightKey(height), results.Encoding.Span);
        EventIndex.Put(batch, height, executed.Result.Events);
    }

    private static MessageList EventsOf(IReadOnlyList<ContractEvent> events)
    {
        MessageList list = new();
        EventMessage message = new();
        foreach (ContractEvent one in events)
        {
            ContractEventCodec.Write(one, message);
            list.Add(EventList.EventsFieldNumber, message);
        }

        return list;
    }
}
