using Ledger.Client.Keys;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Integrity;

public sealed class StoreRepairTests
{
    private MadeStore store = null!;

    [SetUp]
    public void Make() => store = new MadeStore();

    [TearDown]
    public void Delete() => store.Dispose();

    [TestCase(LedgerColumns.State)]
    [TestCase(LedgerColumns.Results)]
    [TestCase(LedgerColumns.Transactions)]
    [TestCase(LedgerColumns.Leaves)]
    [TestCase(LedgerColumns.Locators)]
    public void What_is_derived_is_rebuilt_from_the_blocks_and_equals_what_was(string column)
    {
        string before = store.Digest();
        store.Flip(column, []);

        RepairResult result = store.Repair();

        Assert.That(store.Inspect().Findings, Is.Empty);
        Assert.That(store.Digest(), Is.EqualTo(before));
        Assert.That(result, Has.Property(nameof(RepairResult.VotesAreDamaged)).False);
        Assert.That(result.Height, Is.EqualTo(MadeStore.Blocks));
    }

    [Test]
    public void The_index_of_events_is_made_anew_from_the_results()
    {
        string before = store.Digest();
        using (LedgerDatabase database = store.Open())
        {
            using DatabaseBatch batch = database.NewBatch();
            foreach ((byte[] key, byte[] _) in database.Scan(LedgerColumns.EventIndex, []).Take(5).ToArray())
            {
                batch.Delete(LedgerColumns.EventIndex, key);
            }

            database.Write(batch, synced: true);
        }

        store.Repair();

        Assert.That(store.Inspect().Findings, Is.Empty);
        Assert.That(store.Digest(), Is.EqualTo(before));
    }

    [Test]
    public void A_damaged_block_is_left_out_and_listed_for_fetching()
    {
        store.Flip(LedgerColumns.Blocks, LedgerDatabase.HeightKey(7));

        RepairResult result = store.Repair();

        Assert.That(result.ToFetch, Is.EqualTo(new ulong[] { 7 }));
        Assert.That(RefetchList.Read(store.Data), Is.EqualTo(new ulong[] { 7 }));
        Assert.That(
            store.Inspect().Findings.Select(finding => (finding.Area, finding.Height)).Distinct(),
            Has.Member((DamageArea.Block, (ulong?)7)));
    }

    [Test]
    public void State_and_a_block_damaged_together_leave_the_chain_up_to_that_block()
    {
        store.Flip(LedgerColumns.State, []);
        store.Flip(LedgerColumns.Blocks, LedgerDatabase.HeightKey(20));

        RepairResult result = store.Repair();

        Assert.That(result.Height, Is.EqualTo(19));
        using LedgerDatabase database = store.Open();
        Assert.That(ChainRecovery.Open(database, store.Cast.GenesisBytes).Head.Height, Is.EqualTo(19));
    }

    [Test]
    public void Damaged_votes_are_noted_and_never_mended()
    {
        store.Flip(LedgerColumns.Consensus, [0]);

        RepairResult result = store.Repair();

        Assert.That(result.VotesAreDamaged, Is.True);
        Assert.That(DamagedVotes.AreNoted(store.Data), Is.True);
        Assert.That(store.Inspect().Has(DamageArea.VoteLog), Is.True);
    }

    [Test]
    public void A_log_of_writes_that_is_damaged_in_its_middle_loses_its_end_and_the_votes_are_noted()
    {
        string log = Directory.GetFiles(store.Data, "*.log").MaxBy(file => new FileInfo(file).Length)!;
        using (FileStream file = new(log, FileMode.Open))
        {
            file.Position = file.Length / 2;
            int value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(value ^ 4));
        }

        StorageFailedException refused = Assert.Throws<StorageFailedException>(() => store.Open().Dispose())!;
        RepairResult result = store.Repair();

        Assert.That(refused.IsDamage, Is.True);
        Assert.That(result.VotesAreDamaged, Is.True);
        Assert.That(result.Height, Is.LessThan(MadeStore.Blocks).And.GreaterThan(10));
        using LedgerDatabase database = store.Open();
        Assert.That(
            ChainRecovery.Open(database, store.Cast.GenesisBytes).Head.Height, Is.EqualTo(result.Height));
    }

    [Test]
    public void A_store_of_which_nothing_can_be_read_is_set_aside_and_begins_anew()
    {
        File.WriteAllText(Path.Combine(store.Data, "CURRENT"), "no manifest");

        RepairResult result = store.Repair();

        Assert.That(result.Height, Is.Zero);
        Assert.That(Directory.Exists(result.SetAside), Is.True);
        Assert.That(DamagedVotes.AreNoted(store.Data), Is.True);
        using LedgerDatabase database = store.Open();
        Assert.That(ChainRecovery.Open(database, store.Cast.GenesisBytes).Head.Height, Is.Zero);
    }

    [Test]
    public void A_node_mends_a_damaged_state_when_it_starts()
    {
        store.Flip(LedgerColumns.State, []);

        (LedgerDatabase database, ChainState chain) = StoreOpening.Open(
            store.Data, store.Cast.GenesisBytes, Ed25519Verifier.Instance, NullLogger.Instance);

        using (database)
        {
            Assert.That(chain.Head.Height, Is.EqualTo(MadeStore.Blocks));
            Assert.That(chain.Head.State.Root, Is.EqualTo(chain.Head.Header.StateRoot));
        }
    }

    [Test]
    public void A_store_that_was_marked_while_the_node_ran_is_written_anew_at_the_start()
    {
        string before = store.Digest();
        RepairMark.Set(store.Data, "a table cannot be read");

        (LedgerDatabase database, ChainState _) = StoreOpening.Open(
            store.Data, store.Cast.GenesisBytes, Ed25519Verifier.Instance, NullLogger.Instance);
        database.Dispose();

        Assert.That(RepairMark.IsSet(store.Data), Is.False);
        Assert.That(store.Inspect().Findings, Is.Empty);
        Assert.That(store.Digest(), Is.EqualTo(before));
    }
}
