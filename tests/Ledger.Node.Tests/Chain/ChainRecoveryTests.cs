using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Pool;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Chain;

public sealed class ChainRecoveryTests
{
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder builder = null!;

    [SetUp]
    public void Found()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        builder = new ChainBuilder(ledger, folder);
    }

    [TearDown]
    public void Delete()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void A_chain_that_was_just_founded_reopens_at_height_0()
    {
        LedgerHead before = builder.Chain.Head;

        LedgerHead after = builder.Restart().Head;

        Assert.That(after.Height, Is.Zero);
        Assert.That(after.BlockHash, Is.EqualTo(before.BlockHash));
        Assert.That(after.State.Root, Is.EqualTo(before.State.Root));
        Assert.That(after.NextSet.Hash, Is.EqualTo(before.NextSet.Hash));
    }

    [Test]
    public void A_restart_gives_the_same_head_root_view_and_recent_ids()
    {
        ParsedTransaction[] transactions = [Join(), Join(), Join()];
        for (int place = 0; place < transactions.Length; place++)
        {
            builder.Decide(TestLedger.Time + place + 1, transactions[place]);
        }

        LedgerHead before = builder.Chain.Head;
        ChainState after = builder.Restart();

        Assert.That(after.Head.Height, Is.EqualTo(3));
        Assert.That(after.Head.BlockHash, Is.EqualTo(before.BlockHash));
        Assert.That(after.Head.State.Root, Is.EqualTo(before.State.Root));
        Assert.That(after.Head.View, Is.EqualTo(before.View));
        Assert.That(transactions.All(transaction => after.Recent.Contains(transaction.Id)), Is.True);
    }

    [Test]
    public void Ids_beyond_the_replay_window_are_not_remembered_after_a_restart()
    {
        ParsedTransaction old = Join();
        ParsedTransaction young = Join();
        builder.Decide(TestLedger.Time + 1, old);
        builder.Decide(TestLedger.Time + 2 + RecentTransactions.WindowMs, young);

        ChainState after = builder.Restart();

        Assert.That(after.Recent.Contains(old.Id), Is.False);
        Assert.That(after.Recent.Contains(young.Id), Is.True);
    }

    [Test]
    public void A_changed_entry_of_the_state_is_noticed_at_the_start()
    {
        builder.Decide(TestLedger.Time + 1, Join());
        byte[] prefix = [(byte)StateKind.Learner];
        (byte[] key, byte[] value) = folder.Database.Scan(LedgerColumns.State, prefix).First();
        value[^1] ^= 1;
        folder.Put(LedgerColumns.State, key, value);

        Assert.That(
            Assert.Throws<StorageFailedException>(() => builder.Restart())!.Message,
            Does.Contain("the root of block 1").And.Contain("fsck --repair"));
    }

    [Test]
    public void An_entry_that_no_block_wrote_is_noticed_at_the_start()
    {
        builder.Decide(TestLedger.Time + 1, Join());
        using SigningKey forged = SigningKey.Create();
        (_, byte[] value) = folder.Database.Scan(LedgerColumns.State, [(byte)StateKind.Learner]).First();
        folder.Put(LedgerColumns.State, [(byte)StateKind.Learner, .. forged.Address.ToArray()], value);

        Assert.Throws<StorageFailedException>(() => builder.Restart());
    }

    [Test]
    public void A_damaged_newest_block_is_noticed_at_the_start()
    {
        builder.Decide(TestLedger.Time + 1, Join());
        builder.Decide(TestLedger.Time + 2, Join());
        byte[] key = LedgerDatabase.HeightKey(2);
        folder.Put(LedgerColumns.Blocks, key, folder.Database.Get(LedgerColumns.Blocks, LedgerDatabase.HeightKey(1))!);

        Assert.That(
            Assert.Throws<StorageFailedException>(() => builder.Restart())!.Message,
            Does.Contain("block 2 is missing or damaged"));
    }

    [Test]
    public void A_data_folder_of_another_ledger_is_refused()
    {
        using TestLedger other = new();

        StorageFailedException problem = Assert.Throws<StorageFailedException>(
            () => ChainRecovery.Open(folder.Reopen(), other.GenesisBytes))!;

        Assert.That(problem.Message, Does.Contain("another ledger"));
    }

    private ParsedTransaction Join()
    {
        using SigningKey learner = SigningKey.Create();
        return ledger.Parse(TransactionBuilder.Signed(
            ledger.ChainId, TestLedger.Time + 60_000, learner.Address, learner, Operations.UicCreate()));
    }
}
