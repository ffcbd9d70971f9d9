using Ledger.Client.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Api;

/// <summary>Whoever waits is told, whether the block comes before or after the waiting begins.</summary>
public sealed class OutcomeTrackerTests
{
    private const long Second = 1_000;

    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private OutcomeTracker tracker = null!;
    private long now;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        tracker = new OutcomeTracker(blocks.Chain, new ChainReader(folder.Database));
        now = TestLedger.Time;
    }

    [TearDown]
    public void End()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void A_block_that_comes_later_tells_who_waits()
    {
        ParsedTransaction transaction = Settle();
        Task<Outcome> waiting = Wait(transaction.Id);
        Assert.That(waiting.IsCompleted, Is.False);
        Decide(transaction);
        AssertDecided(waiting, transaction.Id, 1);
    }

    [Test]
    public void A_block_that_came_between_admission_and_waiting_is_found()
    {
        ParsedTransaction transaction = Settle();
        Decide(transaction);
        Decide(Settle());
        AssertDecided(Wait(transaction.Id), transaction.Id, 1);
    }

    [Test]
    public void Two_who_wait_for_the_same_are_told_together()
    {
        ParsedTransaction transaction = Settle();
        Task<Outcome> first = Wait(transaction.Id);
        Assert.That(Wait(transaction.Id), Is.SameAs(first));
        Decide(transaction);
        AssertDecided(first, transaction.Id, 1);
        AssertDecided(Wait(transaction.Id), transaction.Id, 1);
    }

    [Test]
    public void A_block_past_the_last_valid_time_without_the_transaction_ends_the_waiting()
    {
        ParsedTransaction transaction = Settle();
        Task<Outcome> waiting = tracker.WaitAsync(transaction.Id, now + Second)!;
        Assert.That(tracker.HasExpired(now + Second), Is.False);
        Assert.That(tracker.HasExpired(now + Second + 1), Is.True);
        Decide(Settle());
        Assert.That(waiting.IsCompleted, Is.False, "it is still valid at that time");
        Decide(Settle());
        Assert.That(waiting.IsCompletedSuccessfully, Is.True);
        Assert.That(waiting.Result.State, Is.EqualTo(OutcomeState.Expired));
        Assert.That(waiting.Result.TransactionId, Is.EqualTo(transaction.Id.ToArray()));
        Assert.That(tracker.HasExpired(long.MaxValue), Is.False, "nobody waits any more");
    }

    [Test]
    public void Who_waits_for_what_is_damaged_is_told_that_and_does_not_wait()
    {
        ParsedTransaction transaction = Settle();
        Decide(transaction);
        using (DatabaseBatch batch = folder.Database.NewBatch())
        {
            batch.Delete(LedgerColumns.Results, LedgerDatabase.HeightKey(1));
            folder.Database.Write(batch, synced: true);
        }

        Assert.That(Wait(transaction.Id).IsFaulted, Is.True);
        Assert.That(tracker.HasExpired(long.MaxValue), Is.False, "nobody waits any more");
    }

    [Test]
    public void What_was_decided_before_a_restart_stands_on_disk()
    {
        ParsedTransaction transaction = Settle();
        Decide(transaction);
        tracker = new OutcomeTracker(blocks.Restart(), new ChainReader(folder.Database));
        Assert.That(tracker.Stored(transaction.Id)!.Height, Is.EqualTo(1));
        Assert.That(tracker.Stored(Settle().Id), Is.Null);
    }

    private ParsedTransaction Settle() => ledger.Settle(ledger.Identities[0], now + (60 * Second));

    private void Decide(ParsedTransaction transaction)
    {
        now += Second;
        blocks.Decide(now, transaction);
    }

    private Task<Outcome> Wait(Hash256 id) => tracker.WaitAsync(id, now + (60 * Second))!;

    private static void AssertDecided(Task<Outcome> waiting, Hash256 id, ulong height)
    {
        Assert.That(waiting.IsCompletedSuccessfully, Is.True);
        Assert.That(waiting.Result.State, Is.EqualTo(OutcomeState.Decided));
        Assert.That(waiting.Result.Height, Is.EqualTo(height));
        Assert.That(waiting.Result.TransactionId, Is.EqualTo(id.ToArray()));
        Assert.That(waiting.Result.Operations, Has.Count.EqualTo(1));
    }
}
