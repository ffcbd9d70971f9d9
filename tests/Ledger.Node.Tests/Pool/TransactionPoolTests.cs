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
    public void Empty() => pool = new TransactionPool();

    [OneTimeTearDown]
    public void DisposeKeys() => ledger.Dispose();

    [Test]
    public void What_was_taken_in_is_found_by_leaf_and_id_and_known_when_it_comes_again()
    {
        ParsedTransaction transaction = ledger.Settle(First);

        Assert.That(pool.Add(transaction), Is.EqualTo(PoolAnswer.Added));
        Assert.That(pool.Add(transaction), Is.EqualTo(PoolAnswer.Known));
        Assert.That(pool.Count, Is.EqualTo(1));
        Assert.That(pool.Contains(transaction.Id), Is.True);
        Assert.That(pool.TryGet(transaction.Leaf, out ParsedTransaction? found), Is.True);
        Assert.That(found, Is.SameAs(transaction));
    }

    [Test]
    public void One_signer_has_a_quarter_and_does_not_keep_another_out()
    {
        int size = ledger.Large(First).SignedBytes.Length;
        int added = 0;
        while (pool.Add(ledger.Large(First)) == PoolAnswer.Added)
        {
            added++;
        }

        long share = (long)added * size;
        Assert.That(share, Is.LessThanOrEqualTo(TransactionPool.BytesPerSignerMax));
        Assert.That(share, Is.GreaterThan(TransactionPool.BytesPerSignerMax - size));
        Assert.That(pool.Add(ledger.Large(First)), Is.EqualTo(PoolAnswer.Full));
        Assert.That(pool.Add(ledger.Settle(Second)), Is.EqualTo(PoolAnswer.Added));
    }

    [Test]
    public void A_full_share_is_free_again_once_a_block_has_taken_it()
    {
        List<ParsedTransaction> mine = [];
        ParsedTransaction next = ledger.Large(First);
        while (pool.Add(next) == PoolAnswer.Added)
        {
            mine.Add(next);
            next = ledger.Large(First);
        }

        pool.OnDecided(mine.Select(transaction => transaction.Id), TestLedger.Time);

        Assert.That(pool.Count, Is.Zero);
        Assert.That(pool.Add(next), Is.EqualTo(PoolAnswer.Added));
    }

    [Test]
    public void A_block_takes_the_oldest_that_are_valid_within_its_limits()
    {
        ParsedTransaction[] small = [.. Enumerable.Range(0, 4).Select(_ => ledger.Settle(First))];
        foreach (ParsedTransaction transaction in small)
        {
            pool.Add(transaction);
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
            pool.Add(ledger.Settle(First, operations: TransactionLimits.OperationsMax));
        }

        Assert.That(pool.Select(_ => true), Has.Count.EqualTo(whole));
    }

    [Test]
    public void A_block_stops_before_its_bytes_pass_the_limit()
    {
        ParsedTransaction large = ledger.Large(First);
        int whole = (int)(BlockLimits.BytesMax / large.SignedBytes.Length);
        pool.Add(large);
        for (int place = 0; place < whole + 1; place++)
        {
            pool.Add(ledger.Large(First));
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
            pool.Add(transaction);
        }

        pool.OnDecided([decided.Id], TestLedger.Time + 10);

        Assert.That(pool.Select(_ => true), Is.EqualTo([waits]));
    }

    [Test]
    public void Work_is_announced_when_the_pool_fills_and_when_it_empties_and_not_between()
    {
        List<bool> said = [];
        pool.WorkChanged += said.Add;
        ParsedTransaction[] two = [ledger.Settle(First), ledger.Settle(First)];

        pool.Add(two[0]);
        pool.Add(two[1]);
        pool.OnDecided([two[0].Id], TestLedger.Time);
        pool.OnDecided([two[1].Id], TestLedger.Time);
        pool.OnDecided([], TestLedger.Time);

        Assert.That(said, Is.EqualTo([true, false]));
    }

    [Test]
    public void A_fetched_body_is_found_but_waits_for_no_block()
    {
        ParsedTransaction transaction = ledger.Settle(First);
        int arrived = 0;
        pool.BodyArrived += () => arrived++;

        pool.AddFetched(transaction);

        Assert.That(pool.TryGet(transaction.Leaf, out _), Is.True);
        Assert.That(pool.Count, Is.Zero);
        Assert.That(pool.Select(_ => true), Is.Empty);
        Assert.That(arrived, Is.EqualTo(1));
    }
}
