using Google.Protobuf;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Execution;
using Ledger.Contracts.State;
using Ledger.Node.Agreement;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Node.Snapshots;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Snapshots;

public sealed class SnapshotFetchTests
{
    private RecordedChain original = null!;
    private Joiner joiner = null!;

    [SetUp]
    public void Begin()
    {
        original = new RecordedChain(blocks: 130, records: 5);
        joiner = new Joiner(original.Ledger.GenesisBytes);
    }

    [TearDown]
    public void End()
    {
        joiner.Dispose();
        original.Dispose();
    }

    [Test]
    public async Task A_snapshot_gives_the_same_head_state_indexes_and_recent_ids()
    {
        Assert.That(await joiner.TryAsync(original.Checkpoint(50), Honest("a"), Honest("b")), Is.True);
        RequireSame(joiner.Start());
    }

    [Test]
    public async Task Peers_take_turns()
    {
        ServerSource one = Honest("a");
        ServerSource other = Honest("b");

        await joiner.TryAsync(null, one, other);

        Assert.That(one.Pieces, Is.GreaterThan(0));
        Assert.That(other.Pieces, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_node_killed_at_any_piece_goes_on_where_it_was()
    {
        int pieces = 0;
        bool done = false;
        while (!done)
        {
            // Each process gets one piece and dies; the database is closed as the system closes it.
            int given = 0;
            ServerSource source = Honest("a");
            source.OnPiece = (_, piece) => ++given > 1 ? throw new ProcessKilledException() : Task.FromResult(piece);
            try
            {
                done = await joiner.TryAsync(null, source);
            }
            catch (ProcessKilledException)
            {
                Assert.That(joiner.Start().Head.Height, Is.Zero, "no snapshot before it is whole");
            }

            pieces++;
            Assert.That(pieces, Is.LessThan(50));
        }

        Assert.That(pieces, Is.GreaterThan(2), "window, state and records are pieces of their own");
        RequireSame(joiner.Start());
    }

    [Test]
    public async Task A_crash_while_the_snapshot_takes_its_place_leaves_it_whole()
    {
        await joiner.TryAsync(null, Honest("a"));
        joiner.Database.Dispose();

        // Moved away, and the new one not yet in its place.
        Directory.Move(joiner.Folders.Data, joiner.Folders.Data + ".replaced");

        RequireSame(joiner.Start());
        Assert.That(Directory.Exists(joiner.Folders.Data + ".replaced"), Is.False);
    }

    [Test]
    public async Task Rot_in_what_was_staged_is_noticed_and_the_snapshot_is_fetched_anew()
    {
        ServerSource source = Honest("a");
        source.OnPiece = (request, piece) =>
            request.PieceCase == SnapshotPieceRequest.PieceOneofCase.RecordsFrom
                ? throw new ProcessKilledException()
                : Task.FromResult(piece);
        Assert.That(async () => await joiner.TryAsync(null, source), Throws.InstanceOf<ProcessKilledException>());
        using (LedgerDatabase staged = LedgerDatabase.Open(joiner.Folders.Staging))
        using (DatabaseBatch batch = staged.NewBatch())
        {
            batch.Put(LedgerColumns.State, StateKeys.Roll.Raw.ToArray(), [1]);
            staged.Write(batch, synced: true);
        }

        Assert.That(
            async () => await joiner.TryAsync(null, Honest("a")), Throws.InstanceOf<StorageFailedException>());
        Assert.That(await joiner.TryAsync(null, Honest("a")), Is.True);
        RequireSame(joiner.Start());
    }

    [Test]
    public async Task What_the_node_alone_knows_is_kept()
    {
        byte[] key = [1, 2, 3];
        using (DatabaseBatch batch = joiner.Database.NewBatch())
        {
            batch.Put(LedgerColumns.Consensus, [0], key);
            batch.Put(LedgerColumns.Pairs, key, key);
            joiner.Database.Write(batch, synced: true);
        }

        await joiner.TryAsync(null, Honest("a"));
        joiner.Start();

        Assert.That(joiner.Database.Get(LedgerColumns.Consensus, [0]), Is.EqualTo(key));
        Assert.That(joiner.Database.Get(LedgerColumns.Pairs, key), Is.EqualTo(key));
    }

    [Test]
    public async Task A_node_that_began_with_a_snapshot_says_which_blocks_it_holds()
    {
        await joiner.TryAsync(null, Honest("a"));
        ChainState chain = joiner.Start();
        ChainReader reader = new(joiner.Database);
        BlockQueries queries = new(chain, reader);

        Grpc.Core.RpcException refusal = Assert.Throws<Grpc.Core.RpcException>(() => queries.Block(130, false))!;

        Assert.That(refusal.Status.Detail, Does.Contain("holds blocks from height 131 on"));
        Assert.That(
            new ProofMaker(original.Ledger.GenesisBytes, reader).State(chain.Head, StateKeys.Roll.Raw.ToArray()),
            Is.EqualTo(new ProofMaker(original.Ledger.GenesisBytes, original.Reader).State(
                original.Chain.Head, StateKeys.Roll.Raw.ToArray())));
    }

    [Test]
    public async Task A_node_that_began_with_a_snapshot_serves_the_next_one()
    {
        await joiner.TryAsync(null, Honest("a"));
        ChainState chain = joiner.Start();
        SnapshotServer server = new(
            chain, new ChainReader(joiner.Database), joiner.Database, new SnapshotPins(chain, TimeProvider.System));
        using Joiner third = new(original.Ledger.GenesisBytes);

        Assert.That(await third.TryAsync(original.Checkpoint(130), new ServerSource("b", server)), Is.True);

        RequireSame(third.Start(), third);
    }

    private void RequireSame(ChainState chain, Joiner? other = null)
    {
        Joiner node = other ?? joiner;
        LedgerHead head = original.Chain.Head;
        Assert.That(chain.Head.Height, Is.EqualTo(head.Height));
        Assert.That(chain.Head.BlockHash, Is.EqualTo(head.BlockHash));
        Assert.That(chain.Head.View, Is.EqualTo(head.View));
        Assert.That(chain.Head.State.Root, Is.EqualTo(head.State.Root));
        Assert.That(chain.Head.State.Expiry, Is.EqualTo(head.State.Expiry));
        foreach (string column in new[] { LedgerColumns.State, LedgerColumns.Locators })
        {
            Assert.That(Column(node.Database, column), Is.EqualTo(Column(original.Database, column)), column);
        }

        // Leaves stand together as they came: by blocks there, by pieces here.
        Assert.That(Ranges(node.Database), Is.EqualTo(Ranges(original.Database)));

        for (ulong height = head.Height; height > head.Height - 100; height--)
        {
            StoredBlock stored = original.Reader.Block(height)!;
            StoredBlock copy = new ChainReader(node.Database).Block(height)!;
            Assert.That(copy.Block, Is.EqualTo(stored.Block));
            Assert.That(copy.TransactionIds, Is.EqualTo(stored.TransactionIds));
            Hash256 id = new(stored.TransactionIds.Span[..Hash256.Size]);
            Assert.That(chain.Recent.Contains(id), Is.EqualTo(original.Chain.Recent.Contains(id)));
        }

        Assert.That(Next(chain, node.Database), Is.EqualTo(Next(original.Chain, original.Database)));
    }

    private (Hash256, Hash256) Next(ChainState chain, LedgerDatabase database)
    {
        BlockResult result = BlockExecutor.Execute(
            chain.Head.State,
            new RecordIndex(database),
            new BlockContext(chain.Head.Height + 1, TestLedger.Time + 1_000_000, original.Ledger.ChainId, chain.Heads),
            [original.Ledger.Signed([original.Ledger.Identities[0]], [.. original.Learners.Select(
                learner => Operations.LlpcInsert(learner, RecordedChain.Verb, Anchored(learner)))])]);
        return (result.StateRoot, MerkleList.Root([.. result.Receipts.Select(receipt =>
            TaggedHash.Of(Tags.ReceiptLeaf, receipt.Result.Span))]));
    }

    // A record that is there already: the answer rests on the index.
    private IEnumerable<RecordEntry> Anchored(Address learner)
    {
        RecordLeaf leaf = (RecordLeaf)original.Reader.Records(
            new LlpcName(learner, RecordedChain.Verb), original.Ledger.Identities[0].Address, 1)[0];
        yield return new RecordEntry { Locator = leaf.Locator, Commitment = leaf.Commitment };
    }

    private ServerSource Honest(string name) => new(name, original.Server);

    private static string[] Ranges(LedgerDatabase database)
    {
        RangeStore store = new(database);
        return [.. new ChainReader(database).Ranges(null).Select(entry =>
        {
            Assert.That(RangeName.TryRead(entry.Key, out RangeName name), Is.True);
            return $"{name} {Convert.ToHexString(entry.Value)} {string.Join(' ', store.Leaves(name, 0))}";
        })];
    }

    private static string[] Column(LedgerDatabase database, string column) =>
        [.. database.Scan(column, []).Select(entry =>
            Convert.ToHexString(entry.Key) + ":" + Convert.ToHexString(entry.Value))];

    private sealed class ProcessKilledException : Exception
    {
    }
}
