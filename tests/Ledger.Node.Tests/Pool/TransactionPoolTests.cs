using Ledger.Client.Keys;
using Ledger.Contracts.Transactions;
using Ledger.Node.Pool;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Pool;

public sealed class TransactionPoolTests
{
    private readonly TestLedger ledger = new();
    private TransactionPool pool = null!;

    private SigningKey First => ledger.Identities[0];

    private SigningKey Second => ledger.Identities[1];

    [SetUp]
    public void Empty() => pool = new TransactionPool(TimeProvider.System);

    [OneTimeTearDown]
    public void DisposeKeys() => ledger.Dispose();

    [Test]
    public void What_was_taken_in_is_found_by_leaf_and_id_and_known_when_it_comes_again()
    {
        ParsedTransaction transaction = ledger.Settle(First);

        Assert.That(Add(transaction), Is.EqualTo(PoolAnswer.Added));
        Assert.That(Add(transaction), Is.EqualTo(PoolAnswer.Known));
        Assert.That(pool.Count, Is.EqualTo(1));
        Assert.That(pool.Contains(transaction.Id), Is.True);
        Assert.That(pool.TryGet(transaction.Leaf, out ParsedTransaction? found), Is.True);
        Assert.That(found, Is.SameAs(transaction));
    }

    [Test]
    public void One_signer_has_a_quarter_and_does_not_keep_another_out()
    {
        int size = ledger.Large(First).SignedBytes.Length;
        long taken = 0;
        while (Add(ledger.Large(First)) == PoolAnswer.Added)
        {
            taken += size;
        }

        Assert.That(taken, Is.InRange(TransactionPool.CostMax / 8, TransactionPool.CostMax / 4));
        Assert.That(Add(ledger.Large(First)), Is.EqualTo(PoolAnswer.Full));
        Assert.That(Add(ledger.Settle(Second)), Is.EqualTo(PoolAnswer.Added));
    }

    [Test]
    public void A_full_share_is_free_again_once_a_block_has_taken_it()
    {
        List<ParsedTransaction> mine = [];
        ParsedTransaction next = ledger.Large(First);
        while (Add(next) == PoolAnswer.Added)
        {
            mine.Add(next);
            next = ledger.Large(First);
        }

        pool.Remove(mine.Select(transaction => transaction.Id));

        Assert.That(pool.Count, Is.Zero);
        Assert.That(Add(next), Is.EqualTo(PoolAnswer.Added));
    }

    [Test]
    public void A_block_takes_the_oldest_that_are_valid_within_its_limits()
    {
        ParsedTransaction[] small = [.. Enumerable.Range(0, 4).Select(_ => ledger.Settle(First))];
        foreach (ParsedTransaction transaction in small)
        {
            Add(transaction);
        }

        IReadOnlyList<ParsedTransaction> chosen = pool.Select(transaction => transaction != small[1]);

        Assert.That(chosen, Is.EqualTo([small[0], small[2], small[3]]));
        Assert.That(pool.Oldest(2), Is.EqualTo(small[..2]));
    }

    [Test]
    public void A_block_stops_before_its_operations_pass_the_limit()
    {
        int whole = (int)(BlockLimits.OperationsMax / TransactionLimits.OperationsMax);
        for (int place = 0; place <= whole; place++)
        {
            Add(ledger.Settle(First, operations: TransactionLimits.OperationsMax));
        }

        Assert.That(pool.Select(_ => true), Has.Count.EqualTo(whole));
    }

    [Test]
    public void A_block_stops_before_its_bytes_pass_the_limit()
    {
        ParsedTransaction large = ledger.Large(First);
        int whole = (int)(BlockLimits.BytesMax / large.SignedBytes.Length);
        Add(large);
        for (int place = 0; place < whole + 1; place++)
        {
            Add(ledger.Large(First));
        }

        Assert.That(pool.Select(_ => true), Has.Count.EqualTo(whole));
    }

    [Test]
    public void A_decided_block_takes_its_transactions_out_and_those_that_no_later_block_can_hold()
    {
        ParsedTransaction decided = ledger.Settle(First, TestLedger.Time + 50);
        ParsedTransaction late = ledger.Settle(First, TestLedger.Time + 10);
        ParsedTransaction waits = ledger.Settle(First, TestLedger.Time + 11);
        foreach (ParsedTransaction transaction in new[] { decided, late, waits })
        {
            Add(transaction);
        }

        pool.Remove([decided.Id]);
        pool.RemoveExpired(TestLedger.Time + 11);

        Assert.That(pool.Select(_ => true), Is.EqualTo([waits]));
    }

    [Test]
    public void Work_is_announced_when_the_pool_fills_and_when_it_empties_and_not_between()
    {
        List<bool> said = [];
        pool.WorkChanged += said.Add;
        ParsedTransaction[] two = [ledger.Settle(First), ledger.Settle(First)];

        Add(two[0]);
        Add(two[1]);
        pool.Remove([two[0].Id]);
        pool.Remove([two[1].Id]);
        pool.Remove([]);

        Assert.That(said, Is.EqualTo([true, false]));
    }

    [Test]
    public void Strangers_share_a_sixteenth_however_many_keys_they_make()
    {
        long taken = 0;
        int size = ledger.Large(First).SignedBytes.Length;
        while (pool.Add(ledger.Large(taken % 2 == 0 ? First : Second), PoolShare.Strangers) == PoolAnswer.Added)
        {
            taken += size;
        }

        Assert.That(taken, Is.InRange(TransactionPool.CostMax / 32, TransactionPool.CostMax / 16));
        Assert.That(Add(ledger.Settle(First)), Is.EqualTo(PoolAnswer.Added));
    }

    [Test]
    public void What_expires_is_no_work()
    {
        List<bool> said = [];
        pool.WorkChanged += said.Add;
        Add(ledger.Settle(First, TestLedger.Time + 10));

        pool.RemoveExpired(TestLedger.Time + 10);
        pool.RemoveExpired(TestLedger.Time + 11);

        Assert.That(said, Is.EqualTo([true, false]));
    }

    [Test]
    public void A_block_finds_what_is_valid_behind_any_number_that_is_not()
    {
        for (int place = 0; place < BlockLimits.TransactionsMax + 1; place++)
        {
            Add(ledger.Settle(First));
        }

        ParsedTransaction valid = ledger.Settle(Second);
        Add(valid);

        Assert.That(pool.Select(BySecond), Is.EqualTo([valid]));
        Assert.That(pool.OldestAge(BySecond), Is.Not.Null);
        Assert.That(pool.OldestAge(_ => false), Is.Null);
    }

    [Test]
    public void What_leaves_while_it_is_judged_hides_nothing_behind_it()
    {
        ParsedTransaction[] waiting = [.. Enumerable.Range(0, 40).Select(_ => ledger.Settle(First))];
        foreach (ParsedTransaction transaction in waiting)
        {
            Add(transaction);
        }

        bool IsLast(ParsedTransaction judged)
        {
            pool.Remove([judged.Id]);
            return judged == waiting[^1];
        }

        Assert.That(pool.OldestAge(IsLast), Is.Not.Null);
        Assert.That(pool.Count, Is.Zero);
    }

    [Test]
    public void What_this_node_cannot_put_into_a_block_any_more_is_no_work_and_its_body_is_still_here()
    {
        List<bool> said = [];
        pool.WorkChanged += said.Add;
        ParsedTransaction ending = ledger.Settle(First, TestLedger.Time + 10);
        Add(ending);

        pool.Retire(TestLedger.Time + 10);
        Assert.That(said, Is.EqualTo([true]), "valid in a block of its last valid time");
        pool.Retire(TestLedger.Time + 11);

        Assert.That(said, Is.EqualTo([true, false]));
        Assert.That(pool.Count, Is.Zero);
        Assert.That(pool.Select(_ => true), Is.Empty);
        Assert.That(pool.TryGet(ending.Leaf, out _), Is.True);
        Assert.That(pool.Contains(ending.Id), Is.True);
        Assert.That(Add(ending), Is.EqualTo(PoolAnswer.Known));

        pool.RemoveExpired(TestLedger.Time + 11);
        Assert.That(pool.Contains(ending.Id), Is.False);
        Assert.That(Add(ending), Is.EqualTo(PoolAnswer.Added), "its share is free");
    }

    [Test]
    public void Only_what_has_ended_is_retired_whatever_came_first()
    {
        ParsedTransaction late = ledger.Settle(First, TestLedger.Time + 30);
        ParsedTransaction early = ledger.Settle(First, TestLedger.Time + 10);
        ParsedTransaction between = ledger.Settle(First, TestLedger.Time + 20);
        foreach (ParsedTransaction transaction in new[] { late, early, between })
        {
            Add(transaction);
        }

        pool.Retire(TestLedger.Time + 11);

        Assert.That(pool.Select(_ => true), Is.EqualTo([late, between]));
    }

    [Test]
    public void What_is_for_later_is_no_work_until_its_time_has_come()
    {
        List<bool> said = [];
        pool.WorkChanged += said.Add;
        Add(ledger.Settle(First, TestLedger.Time + TransactionLimits.ValidityMs));

        pool.Retire(TestLedger.Time - 1);
        pool.Retire(TestLedger.Time);

        Assert.That(said, Is.EqualTo([true, false, true]), "the clock was put back, and has gone on");
    }

    [Test]
    public void What_a_revoked_one_signed_leaves_and_is_no_work()
    {
        List<bool> said = [];
        pool.WorkChanged += said.Add;
        ParsedTransaction alone = ledger.Settle(First);
        ParsedTransaction together = ledger.Signed([Second, First], Client.Transactions.Operations.Settle());
        Add(alone);
        Add(together);

        pool.RemoveSignedBy(new HashSet<Primitives.Address> { First.Address });

        Assert.That(pool.Contains(alone.Id), Is.False);
        Assert.That(pool.Contains(together.Id), Is.False);
        Assert.That(said, Is.EqualTo([true, false]));
    }

    private bool BySecond(ParsedTransaction transaction) => transaction.Signers[0].Address == Second.Address;

    private PoolAnswer Add(ParsedTransaction transaction) =>
        pool.Add(transaction, PoolShare.Of(transaction.Signers[0].Address));
}
