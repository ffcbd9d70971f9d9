using Ledger.Contracts.State;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;

namespace Ledger.Node.Tests.Integrity;

public sealed class StoreInspectionTests
{
    private MadeStore store = null!;

    [SetUp]
    public void Make() => store = new MadeStore();

    [TearDown]
    public void Delete() => store.Dispose();

    [Test]
    public void A_whole_store_is_clean_and_everything_in_it_was_read()
    {
        IntegrityReport report = store.Inspect();

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Height, Is.EqualTo(MadeStore.Blocks));
        Assert.That(report.Entries.Keys, Is.EquivalentTo(LedgerColumns.All));
        Assert.That(report.Entries.Values, Has.All.Positive);
    }

    [TestCase(LedgerColumns.Blocks, DamageArea.Block)]
    [TestCase(LedgerColumns.Bodies, DamageArea.Body)]
    [TestCase(LedgerColumns.Results, DamageArea.Results)]
    [TestCase(LedgerColumns.Transactions, DamageArea.TransactionIndex)]
    [TestCase(LedgerColumns.State, DamageArea.State)]
    [TestCase(LedgerColumns.Leaves, DamageArea.Record)]
    [TestCase(LedgerColumns.Locators, DamageArea.Locator)]
    [TestCase(LedgerColumns.Consensus, DamageArea.VoteLog)]
    public void A_value_that_differs_in_one_bit_is_found_although_the_disk_calls_it_right(
        string column, DamageArea area)
    {
        store.Flip(column, column == LedgerColumns.Blocks ? LedgerDatabase.HeightKey(7) : []);

        Assert.That(store.Inspect().Findings.Select(finding => finding.Area), Has.Member(area));
    }

    [TestCase(LedgerColumns.Blocks, DamageArea.Block)]
    [TestCase(LedgerColumns.Results, DamageArea.Results)]
    public void A_height_that_is_missing_is_named(string column, DamageArea area)
    {
        store.Damage(column, LedgerDatabase.HeightKey(9), null);

        Assert.That(
            store.Inspect().Findings.Where(finding => finding.Height == 9).Select(finding => finding.Area),
            Has.Member(area));
    }

    [Test]
    public void An_entry_of_the_index_of_events_that_is_missing_or_too_much_is_found()
    {
        byte[] key;
        using (LedgerDatabase database = store.Open())
        {
            key = database.Scan(LedgerColumns.EventIndex, []).First().Key;
        }

        store.Damage(LedgerColumns.EventIndex, key, null);
        Assert.That(store.Inspect().Findings.Select(static one => one.Area), Has.Member(DamageArea.EventIndex));
        store.Damage(LedgerColumns.EventIndex, key, []);
        Assert.That(store.Inspect().Findings, Is.Empty);
        store.Damage(LedgerColumns.EventIndex, [.. key, 1], []);
        Assert.That(store.Inspect().Findings.Select(static one => one.Area), Has.Member(DamageArea.EventIndex));
    }

    [Test]
    public void A_block_that_stands_at_another_height_is_found()
    {
        byte[] other;
        using (LedgerDatabase database = store.Open())
        {
            other = database.Get(LedgerColumns.Blocks, LedgerDatabase.HeightKey(11))!;
        }

        store.Damage(LedgerColumns.Blocks, LedgerDatabase.HeightKey(12), other);

        Assert.That(store.Inspect().Has(DamageArea.Block), Is.True);
    }

    [Test]
    public void A_signed_message_that_is_missing_is_a_damaged_vote_log()
    {
        byte[] own;
        using (LedgerDatabase database = store.Open())
        {
            own = database.Scan(LedgerColumns.Consensus, [ConsensusStore.ItemKey, 3]).First().Key;
        }

        store.Damage(LedgerColumns.Consensus, own, null);

        Assert.That(store.Inspect().Has(DamageArea.VoteLog), Is.True);
    }

    [Test]
    public void An_entry_of_the_state_that_no_block_wrote_is_found()
    {
        store.Damage(LedgerColumns.State, [(byte)StateKind.Learner, 1, 2, 3], [1]);

        Assert.That(store.Inspect().Has(DamageArea.State), Is.True);
    }

    [Test]
    public void A_head_pointer_that_names_another_block_is_found()
    {
        store.Flip(LedgerColumns.Meta, ChainWriter.HeadKey);

        Assert.That(store.Inspect().IsClean, Is.False);
    }

    [Test]
    public void A_store_in_use_is_not_inspected()
    {
        using LedgerDatabase running = store.Open();

        Assert.That(
            Assert.Throws<StorageFailedException>(() => store.Inspect())!.Message, Does.Contain("in use"));
    }
}
