using System.Collections.Immutable;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Snapshots;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Integrity;

/// <summary>
/// A store without blocks that has kept its votes joins by a snapshot: what its votes rest on comes along, below and
/// above the snapshot's head.
/// </summary>
public sealed class KeptVotesAfterJoinTests
{
    private const ulong Head = 130;
    private RecordedChain original = null!;
    private Joiner joiner = null!;

    [SetUp]
    public void Begin()
    {
        original = new RecordedChain(blocks: (int)Head, records: 5);
        joiner = new Joiner(original.Ledger.GenesisBytes);
    }

    [TearDown]
    public void End()
    {
        joiner.Dispose();
        original.Dispose();
    }

    [Test]
    public async Task A_snapshot_takes_over_all_votes_with_what_they_rest_on()
    {
        Vote(Head - 1, view: 3);
        Vote(Head + 1, view: 4);
        Vote(Head + 3, view: 5);
        string[] before = Items();
        Assert.That(before, Has.Length.EqualTo(9));
        Assert.That(VoteLogInspector.Inspect(joiner.Database, original.Ledger.ChainId, 0), Is.Empty);

        Assert.That(await joiner.TryAsync(null, new ServerSource("a", original.Server)), Is.True);
        ulong height = joiner.Start().Head.Height;

        Assert.That(height, Is.EqualTo(Head));
        Assert.That(Items(), Is.EqualTo(before));
        Assert.That(VoteLogInspector.Inspect(joiner.Database, original.Ledger.ChainId, height), Is.Empty);
    }

    [Test]
    public async Task A_vote_state_whose_messages_went_with_their_blocks_is_whole_after_a_repair_and_a_join()
    {
        Write(new Dictionary<byte[], byte[]>
        {
            [ConsensusStore.VoteStateKey] = RecordOf(Head + 2, TaggedHash.Of(Tags.Header, [1])),
            [ConsensusStore.DecidedKey] = LedgerDatabase.HeightKey(Head + 2),
        });
        Assert.That(VoteLogInspector.Inspect(joiner.Database, original.Ledger.ChainId, 0), Is.Empty);

        Assert.That(await joiner.TryAsync(null, new ServerSource("a", original.Server)), Is.True);
        ulong height = joiner.Start().Head.Height;

        Assert.That(VoteLogInspector.Inspect(joiner.Database, original.Ledger.ChainId, height), Is.Empty);
    }

    // A proposal with its body, the certificate that it was prepared by, and a message of its own.
    private void Vote(ulong height, ulong view)
    {
        ParsedTransaction transaction = original.Ledger.Settle(original.Ledger.Identities[0]);
        ProposalBlock block = ProposalBlock.Of(
            original.Chain.Head.Header with
            {
                Height = height,
                TransactionRoot = MerkleList.Root([transaction.Leaf]),
            },
            [transaction.Leaf]);
        ConsensusMessage.Vote vote = new(0, height, view, VoteKind.Commit, block.Hash);
        byte[] body = MessageCodec.Encode(vote);
        Hash256 digest = MessageVerifier.DigestOf(original.Ledger.ChainId, body);
        SignedEnvelope own = SignedEnvelope.Of(
            original.Ledger.Identities[0].Address, body, original.Ledger.Votes[0].Sign(digest));
        StoredItem[] items =
        [
            StoredItem.Proposal(view, block),
            StoredItem.Prepared(new Certificate(
                VoteKind.Prepare, 0, height, view, block.Hash, original.Ledger.Sign(block, view))),
            new(StoredItemKind.OwnMessage, height, view, MessageKind.Commit, own.Encode(), null),
        ];
        Dictionary<byte[], byte[]> entries = items.ToDictionary(ConsensusStore.KeyOf, item => item.Bytes.ToArray());
        entries[ConsensusStore.VoteStateKey] = RecordOf(height, digest);
        Write(entries);
        using DatabaseBatch batch = joiner.Database.NewBatch();
        batch.Put(LedgerColumns.Bodies, transaction.Leaf.ToArray(), transaction.SignedBytes.ToArray());
        joiner.Database.Write(batch, synced: true);
    }

    private static byte[] RecordOf(ulong height, Hash256 digest)
    {
        VoteState state = VoteState.Empty with
        {
            Height = height,
            CommitSignedHeight = height,
            Slots = [new VoteSlot(MessageKind.Commit, 0, digest)],
        };
        state.Seal(out byte[] record);
        return record;
    }

    private void Write(Dictionary<byte[], byte[]> entries)
    {
        using DatabaseBatch batch = joiner.Database.NewBatch();
        foreach ((byte[] key, byte[] value) in entries)
        {
            batch.Put(LedgerColumns.Consensus, key, value);
        }

        joiner.Database.Write(batch, synced: true);
    }

    private string[] Items()
    {
        ImmutableArray<StoredItem> items = new ConsensusStore(
            joiner.Database, new ChainWriter(joiner.Database), assembler: null!, chain: null!, static _ => { })
            .Load().Items;
        return [.. items.Select(item =>
            $"{item.Kind} {item.Height} {item.View} {item.MessageKind} {Convert.ToHexString(item.Bytes.Span)}")];
    }
}
