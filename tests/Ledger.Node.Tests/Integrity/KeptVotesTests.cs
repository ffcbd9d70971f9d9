using System.Collections.Immutable;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;
using Certificate = Ledger.Consensus.Certificate;

namespace Ledger.Node.Tests.Integrity;

/// <summary>
/// A chain that was cut has votes above its head. All that they rest on is there at the next start, at every height,
/// until a block of that height is decided.
/// </summary>
public sealed class KeptVotesTests
{
    private const ulong Cut = 20;
    private const ulong Voted = MadeStore.Blocks + 1;
    private MadeStore store = null!;

    [SetUp]
    public void Make() => store = new MadeStore();

    [TearDown]
    public void Delete() => store.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public void A_repair_that_cuts_the_chain_keeps_everything_above_the_cut(bool automatic)
    {
        AddItemsOfHigherHeights();
        ImmutableArray<StoredItem> before = Items();

        Assert.That(CutChain(automatic), Is.EqualTo(Cut - 1));

        Assert.That(before.Select(item => (item.Kind, item.Height)), Is.SupersetOf(new[]
        {
            (StoredItemKind.Proposal, Voted), (StoredItemKind.PreparedCertificate, Voted),
            (StoredItemKind.OwnMessage, Voted), (StoredItemKind.NewView, Voted + 1),
            (StoredItemKind.Proposal, Voted + 2), (StoredItemKind.OwnMessage, Voted + 2),
        }));
        AssertSame(Items(), before);
        Assert.That(Findings(), Is.Empty, "the votes are whole, with the bodies that they rest on");
    }

    [Test]
    public void Commits_of_lower_heights_drop_nothing_above_them()
    {
        AddItemsOfHigherHeights();
        ImmutableArray<StoredItem> before = Items();
        CutChain(automatic: true);

        for (ulong height = Cut; height <= Cut + 1; height++)
        {
            Commit(height);
        }

        AssertSame(Items(), before);
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void A_new_view_of_a_lower_height_replaces_no_later_one()
    {
        AddItemsOfHigherHeights();
        CutChain(automatic: true);

        foreach (ulong view in new ulong[] { 1, 2 })
        {
            Persist(NewView(Cut, view));
        }

        Assert.That(NewViews(), Is.EquivalentTo(new[] { (Cut, 2UL), (Voted + 1, 5UL) }));
        Persist(NewView(Cut, 6));
        Assert.That(NewViews(), Is.EqualTo(new[] { (Cut, 6UL) }), "only the newest is kept");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void What_was_dropped_with_its_block_is_not_missing_after_the_cut(bool automatic)
    {
        VoteNothingAboveTheHead();
        Assert.That(Findings(), Is.Empty);

        Assert.That(CutChain(automatic), Is.EqualTo(Cut - 1));

        Assert.That(Findings(), Is.Empty);
        Assert.That(DamagedVotes.AreNoted(store.Data), Is.False);
        Commit(Cut);
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void What_was_lost_before_the_cut_is_missing_after_it()
    {
        StoredItem own = Items().First(item => item.Kind == StoredItemKind.OwnMessage);
        store.Damage(LedgerColumns.Consensus, ConsensusStore.KeyOf(own), null);

        CutChain(automatic: false);

        Assert.That(DamagedVotes.AreNoted(store.Data), Is.True);
        Assert.That(Findings(), Is.Not.Empty);
    }

    private ulong CutChain(bool automatic)
    {
        store.Flip(LedgerColumns.State, []);
        store.Flip(LedgerColumns.Blocks, LedgerDatabase.HeightKey(Cut));
        if (!automatic)
        {
            return store.Repair().Height;
        }

        (LedgerDatabase database, ChainState chain) = StoreOpening.Open(
            store.Data, store.Cast.GenesisBytes, Ed25519Verifier.Instance, NullLogger.Instance);
        database.Dispose();
        return chain.Head.Height;
    }

    // As a replica has them that left views at heights which its chain had reached and lost.
    private void AddItemsOfHigherHeights()
    {
        StoredItem proposal = Items().First(item => item.Kind == StoredItemKind.Proposal);
        ProposalBlock later = ProposalBlock.Of(
            proposal.Block!.Header with { Height = Voted + 2 }, proposal.Block.Leaves);
        StoredItem[] added =
        [
            StoredItem.Proposal(6, later),
            new(StoredItemKind.OwnMessage, Voted + 2, 7, MessageKind.ViewChange, Signed(7), null),
            NewView(Voted + 1, 5),
        ];
        foreach (StoredItem item in added)
        {
            store.Damage(LedgerColumns.Consensus, ConsensusStore.KeyOf(item), item.Bytes.ToArray());
        }
    }

    // A store whose last vote was for the block that it decided last.
    private void VoteNothingAboveTheHead()
    {
        foreach (StoredItem item in Items())
        {
            store.Damage(LedgerColumns.Consensus, ConsensusStore.KeyOf(item), null);
        }

        VoteState state = VoteState.Empty with
        {
            Height = MadeStore.Blocks,
            CommitSignedHeight = MadeStore.Blocks,
            Slots = [new VoteSlot(MessageKind.Commit, 0, TaggedHash.Of(Tags.Header, [1]))],
        };
        state.Seal(out byte[] record);
        store.Damage(LedgerColumns.Consensus, ConsensusStore.VoteStateKey, record);
    }

    private StoredItem NewView(ulong height, ulong view) =>
        new(StoredItemKind.NewView, height, view, MessageKind.NewView, Signed((byte)view), null);

    private byte[] Signed(byte content) => SignedEnvelope.Of(
        store.Cast.Identities[0].Address, [content], store.Cast.Votes[0].Sign(Hash256.Zero)).Encode();

    private (ulong Height, ulong View)[] NewViews() => [.. Items()
        .Where(item => item.Kind == StoredItemKind.NewView)
        .Select(item => (item.Height, item.View))];

    private void Persist(StoredItem item)
    {
        using LedgerDatabase database = store.Open();
        Store(database).Persist([item], default, synced: false);
    }

    private ImmutableArray<StoredItem> Items()
    {
        using LedgerDatabase database = store.Open();
        return Store(database).Load().Items;
    }

    private IReadOnlyList<Finding> Findings()
    {
        using LedgerDatabase database = store.Open();
        ulong height = ChainRecovery.Open(database, store.Cast.GenesisBytes).Head.Height;
        return VoteLogInspector.Inspect(database, store.Cast.ChainId, height);
    }

    private static ConsensusStore Store(LedgerDatabase database) =>
        new(database, new ChainWriter(database), assembler: null!, chain: null!, static _ => { });

    private static void AssertSame(ImmutableArray<StoredItem> now, ImmutableArray<StoredItem> before) =>
        Assert.That(now.Select(Text), Is.EqualTo(before.Select(Text)));

    private static string Text(StoredItem item) =>
        $"{item.Kind} {item.Height} {item.View} {item.MessageKind} {Convert.ToHexString(item.Bytes.Span)}";

    // Commits a block of the whole chain as the kernel does after it was fetched.
    private void Commit(ulong height)
    {
        using MadeStore whole = new();
        using LedgerDatabase source = whole.Open();
        StoredBlock stored = StoredBlock.Parser.ParseFrom(
            source.Get(LedgerColumns.Blocks, LedgerDatabase.HeightKey(height)));
        Assert.That(ProposalBlock.TryRead(stored.Block.Proposal, out ProposalBlock? block), Is.True);
        Assert.That(Certificate.TryRead(stored.Block.Certificate, out Certificate? certificate), Is.True);
        using LedgerDatabase database = store.Open();
        using KernelHost host = new(static _ => { });
        ChainState chain = ChainRecovery.Open(database, store.Cast.GenesisBytes);
        TransactionPool pool = new(TimeProvider.System);
        FetchedBodies fetched = new();
        foreach (Hash256 leaf in block!.Leaves)
        {
            fetched.Add(TransactionReader.Read(
                source.Get(LedgerColumns.Bodies, leaf.ToArray())!, store.Cast.ChainId, Ed25519Verifier.Instance)
                .Transaction!);
        }

        BlockAssembler assembler = new(
            store.Cast.ChainId, chain, pool, new RecordIndex(database),
            new BodyStore(pool, fetched, database, store.Cast.ChainId, Ed25519Verifier.Instance), fetched,
            TimeProvider.System, host, peers: null!);
        assembler.Execute(block, ExecutionMode.Certified);
        new ConsensusStore(database, new ChainWriter(database), assembler, chain, static _ => { })
            .Commit(block, certificate!, chain.Head.NextSet);
        Assert.That(chain.Head.Height, Is.EqualTo(height));
    }
}
