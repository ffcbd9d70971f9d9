using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Snapshots;
using Ledger.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Integrity;

/// <summary>Stores that began with a snapshot: what is there is checked, and nothing is rebuilt from nothing.</summary>
public sealed class SnapshotStoreTests
{
    private const ulong Head = 130;
    private RecordedChain original = null!;
    private Joiner joiner = null!;

    [SetUp]
    public async Task Join()
    {
        original = new RecordedChain(blocks: (int)Head, records: 5);
        joiner = new Joiner(original.Ledger.GenesisBytes);
        Change(LedgerColumns.Pairs, [1], [2]);
        joiner.Start();
        Assert.That(await joiner.TryAsync(null, new ServerSource("a", original.Server)), Is.True);
        joiner.Start();
        joiner.Database.Dispose();
    }

    [TearDown]
    public void End()
    {
        joiner.Dispose();
        original.Dispose();
    }

    [Test]
    public void A_joined_store_is_whole_and_says_with_which_blocks_it_begins()
    {
        IntegrityReport report = Inspect();

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Height, Is.EqualTo(Head));
        Assert.That(report.Beginning!.Value.FirstBlock, Is.EqualTo(Head + 1));
        Assert.That(report.Beginning!.Value.FirstHeader, Is.InRange(1, Head - 99));
    }

    [Test]
    public void No_file_beside_the_data_is_left_of_the_staging()
    {
        string[] beside = [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(Data)!)
            .Select(path => Path.GetFileName(path))];

        Assert.That(beside, Has.None.Contains("staging"));
        Assert.That(Watermark.Read(Data), Is.GreaterThan(0));
    }

    [TestCase(LedgerColumns.State)]
    [TestCase(LedgerColumns.Leaves)]
    [TestCase(LedgerColumns.Locators)]
    public void Damage_of_what_cannot_be_rebuilt_asks_for_a_snapshot_and_only_the_operator_gives_the_store_up(
        string column)
    {
        Flip(column, []);
        RepairMark.Set(Data, "found while it ran");

        Finding finding = Inspect().Findings.First(one => one.IsDerived);
        StorageFailedException refused = Assert.Throws<StorageFailedException>(() => Open())!;

        Assert.That(finding.Remedy, Does.Contain("joins again from a snapshot"));
        Assert.That(refused.Message, Does.Contain("joined again from a snapshot"));
        Assert.That(Inspect().Height, Is.EqualTo(Head), "the store was not touched");

        RepairResult result = Repair();

        Assert.That(result.JoinsAgain, Is.True);
        Assert.That(result.VotesAreDamaged, Is.False);
        (LedgerDatabase database, ChainState chain) = Open();
        using (database)
        {
            Assert.That(chain.Head.Height, Is.Zero);
            Assert.That(database.Get(LedgerColumns.Pairs, [1]), Is.EqualTo(new byte[] { 2 }));
        }
    }

    [Test]
    public void A_store_that_forgot_how_it_began_is_not_rebuilt_from_nothing_either()
    {
        Change(LedgerColumns.Meta, ChainWriter.FirstBlockKey, [1]);
        RepairMark.Set(Data, "found while it ran");

        Assert.That(Inspect().Has(DamageArea.Meta), Is.True);
        Assert.That(() => Open(), Throws.InstanceOf<StorageFailedException>()
            .With.Message.Contains("joined again from a snapshot"));
    }

    [Test]
    public void A_header_of_the_window_is_needed_to_start()
    {
        Flip(LedgerColumns.Blocks, LedgerDatabase.HeightKey(Head - 10));

        Assert.That(
            Inspect().Findings.Select(finding => (finding.Area, finding.Height)).Distinct(),
            Is.EqualTo(new[] { (DamageArea.Block, (ulong?)(Head - 10)) }));
        RepairMark.Set(Data, "found while it ran, and not healed");
        Assert.That(() => Open(), Throws.InstanceOf<StorageFailedException>()
            .With.Message.Contains("joined again from a snapshot"));
    }

    [Test]
    public void A_header_of_the_window_is_healed_from_a_peers_whole_block_without_its_bodies()
    {
        Flip(LedgerColumns.Blocks, LedgerDatabase.HeightKey(Head - 10));
        StoredBlock whole = original.Reader.Block(Head - 10)!;
        BlockWithBodies sent = new() { Block = whole.Block };
        Assert.That(ProposalBlock.TryRead(whole.Block.Proposal, out ProposalBlock? block), Is.True);
        Assert.That(Certificate.TryRead(whole.Block.Certificate, out Certificate? certificate), Is.True);
        sent.Transactions.AddRange(block!.Leaves.Select(
            leaf => Google.Protobuf.ByteString.CopyFrom(original.Reader.Body(leaf)!)));
        using (LedgerDatabase database = LedgerDatabase.Open(Data))
        {
            EpochSets sets = new(database, GenesisState.Build(original.Ledger.GenesisBytes));
            BlockInspector inspector = new(database, original.Ledger.ChainId, sets, Ed25519Verifier.Instance);
            BlockHealer healer = new(
                Data, database, inspector, original.Ledger.ChainId, TimeProvider.System, NullLogger.Instance);
            healer.Report(Head - 10, "test");
            Assert.That(healer.Take(block, certificate!, sent), Is.True);
            Assert.That(healer.Damaged, Is.Empty);
            Assert.That(database.Scan(LedgerColumns.Bodies, []), Is.Empty);
        }

        Assert.That(Inspect().Findings, Is.Empty);
    }

    [Test]
    public void The_scrub_reads_only_what_is_there()
    {
        ChainState chain = joiner.Start();
        BlockInspector inspector = new(
            joiner.Database,
            original.Ledger.ChainId,
            new EpochSets(joiner.Database, GenesisState.Build(original.Ledger.GenesisBytes)),
            Ed25519Verifier.Instance);
        BlockHealer healer = new(
            Data, joiner.Database, inspector, original.Ledger.ChainId, TimeProvider.System, NullLogger.Instance);
        Scrubber scrubber = new(Data, joiner.Database, chain, inspector, healer, NullLogger.Instance);

        for (ulong step = 0; step <= Head; step++)
        {
            scrubber.Step(new StillClock());
        }

        Assert.That(scrubber.Passes, Is.GreaterThan(0));
        Assert.That(healer.Damaged, Is.Empty);
        Assert.That(RepairMark.IsSet(Data), Is.False);
    }

    private string Data => joiner.Folders.Data;

    private IntegrityReport Inspect()
    {
        using LedgerDatabase database = LedgerDatabase.OpenReadOnly(Data, toDamage: false);
        return StoreInspection.Run(database, original.Ledger.ChainId, Ed25519Verifier.Instance, static (_, _) => { });
    }

    private RepairResult Repair() => new StoreRepair(
        Data, original.Ledger.GenesisBytes, Ed25519Verifier.Instance, static (_, _) => { }, mayJoinAgain: true).Run();

    private (LedgerDatabase Database, ChainState Chain) Open() => StoreOpening.Open(
        Data, original.Ledger.GenesisBytes, Ed25519Verifier.Instance, NullLogger.Instance);

    private void Change(string column, byte[] key, byte[] value)
    {
        joiner.Database.Dispose();
        using LedgerDatabase database = LedgerDatabase.Open(Data);
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(column, key, value);
        database.Write(batch, synced: true);
    }

    private void Flip(string column, byte[] from)
    {
        byte[] key;
        byte[] value;
        using (LedgerDatabase database = LedgerDatabase.Open(Data))
        {
            (key, value) = database.Scan(column, [], from).First();
        }

        value[value.Length / 2] ^= 1;
        Change(column, key, value);
    }
}
