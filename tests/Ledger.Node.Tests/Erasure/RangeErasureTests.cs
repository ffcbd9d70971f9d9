using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Protos;
using Ledger.Node.Snapshots;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Snapshots;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Erasure;

/// <summary>Tombstones on disk: as many as one likes, over restarts, and for whoever joins.</summary>
public sealed class RangeErasureTests
{
    private ErasureBench bench = null!;

    private SigningKey School => bench.School;

    [SetUp]
    public void Begin()
    {
        bench = new ErasureBench();
        bench.Upgrade();
        bench.Decide(
            [School],
            Operations.LlpcCreate(bench.Learner.Address, Statements.Viewed),
            Operations.UicInsert(bench.Learner.Address, Statements.Viewed),
            Operations.PicInsert(bench.Learner.Address, Statements.Viewed));
    }

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public void Ten_thousand_erasures_leave_a_ledger_that_validates_from_end_to_end()
    {
        const int Records = 10_000;
        Insert(Records);
        foreach (ulong[] portion in Enumerable.Range(0, Records).Select(static at => (ulong)at).Chunk(1000))
        {
            Erase(portion);
        }

        Assert.That((Range().Count, Range().Erased), Is.EqualTo(((ulong)Records, (ulong)Records)));
        Hash256 root = bench.Chain.Head.State.Root;
        bench.Restart();
        Assert.That(bench.Chain.Head.State.Root, Is.EqualTo(root));
        Assert.That(Inspect().Findings, Is.Empty);
    }

    [Test]
    public void Records_come_and_go_in_the_same_range_and_the_store_stays_sound()
    {
        Insert(70);
        Erase(0, 5, 63, 64, 69);
        Insert(10);
        Erase(6, 70, 79);
        bench.Restart();
        Insert(1);
        Erase(80);

        Assert.That((Range().Count, Range().Erased), Is.EqualTo((81UL, 9UL)));
        Assert.That(Inspect().Findings, Is.Empty);
    }

    [Test]
    public async Task A_snapshot_brings_tombstones_and_whoever_joins_goes_on()
    {
        Insert(20);
        Erase(3, 4, 17);
        SnapshotPins pins = new(bench.Chain, TimeProvider.System);
        SnapshotServer server = new(bench.Chain, bench.Reader, bench.Database, pins);
        using Joiner joiner = new(bench.Ledger.GenesisBytes);

        Assert.That(await joiner.TryAsync(null, new ServerSource("a", server)), Is.True);

        ChainState joined = joiner.Start();
        Assert.That(joined.Head.State.Root, Is.EqualTo(bench.Chain.Head.State.Root));
        Assert.That(
            new ChainReader(joiner.Database).Leaves(Name()), Is.EqualTo(bench.Reader.Leaves(Name())));
    }

    [Test]
    public void A_snapshot_from_before_an_erasure_is_not_served_after_it()
    {
        Insert(20);
        SnapshotPins pins = new(bench.Chain, TimeProvider.System);
        SnapshotServer server = new(bench.Chain, bench.Reader, bench.Database, pins);
        SnapshotOffer offer = server.Offers(new SnapshotListRequest()).Offers.Single();
        SnapshotPieceRequest request = new()
        {
            BlockHash = offer.BlockHash,
            RecordsFrom = new RecordPlace { Range = ByteString.CopyFrom(Name().ToRawKey()) },
        };
        Assert.That(server.Piece(request), Is.Not.Null);

        Erase(3);

        Assert.That(server.Piece(request), Is.Null);
    }

    private RangeName Name() => RangeName.OfRecords(bench.Llpc(), School.Address);

    private RecordRange Range() => bench.Chain.Head.State.RecordRange(bench.Llpc(), School.Address);

    private void Insert(int count)
    {
        foreach (int[] portion in Enumerable.Range((int)Range().Count, count).Chunk(500))
        {
            bench.Decide([School], Operations.LlpcInsert(
                bench.Learner.Address, Statements.Viewed, portion.Select(Entry)));
        }
    }

    private void Erase(params ulong[] places)
    {
        IReadOnlyList<IRangeLeaf> leaves = bench.Reader.Records(bench.Llpc(), School.Address, Range().Count);
        ExecutedBlock block = bench.Decide([School], Operations.LlpcErase(
            bench.Learner.Address,
            Statements.Viewed,
            places.Select(at => (RecordLeaf)leaves[(int)at]),
            new RangeProver([.. leaves.Select(static leaf => leaf.LeafHash)]).ProveAll(places)));
        Assert.That(block.Result.Erased, Has.Count.EqualTo(places.Length));
    }

    private IntegrityReport Inspect() => StoreInspection.Run(
        bench.Database, bench.Ledger.ChainId, Ed25519Verifier.Instance, static (_, _) => { });

    private static RecordEntry Entry(int number)
    {
        byte[] bytes = TaggedHash.Of("test/record"u8, BitConverter.GetBytes(number)).ToArray();
        return new RecordEntry
        {
            Locator = new Locator
            {
                Lrs = 1,
                QueryTemplate = 1,
                KeyVersion = 1,
                HashedId = ByteString.CopyFrom(bytes.AsSpan(0, 16)),
            },
            Commitment = ByteString.CopyFrom(bytes),
        };
    }
}
