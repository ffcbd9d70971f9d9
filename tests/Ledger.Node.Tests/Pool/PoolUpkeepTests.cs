using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Transactions;
using Ledger.Node.Pool;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Pool;

public sealed class PoolUpkeepTests
{
    private readonly ManualClock clock = new() { Now = DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time) };
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private TransactionPool pool = null!;
    private PoolUpkeep upkeep = null!;
    private List<bool> said = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        pool = new TransactionPool(clock);
        upkeep = new PoolUpkeep(pool, blocks.Chain, clock);
        blocks.Chain.Decided += upkeep.OnDecided;
        said = [];
        pool.WorkChanged += said.Add;
        clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time + 100);
    }

    [TearDown]
    public void Close()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void No_timer_runs_for_what_a_member_left_behind_who_was_revoked()
    {
        SigningKey accused = ledger.Identities[0];
        ParsedTransaction left = Add(ledger.Settle(accused));
        ParsedTransaction[] votes = Revocation.Of(ledger, accused);

        blocks.Decide(TestLedger.Time + 1, votes[..^1]);
        Assert.That(pool.Contains(left.Id), Is.True, "it is not decided yet");
        blocks.Decide(TestLedger.Time + 2, votes[^1]);

        Assert.That(pool.Contains(left.Id), Is.False);
        Assert.That(said, Is.EqualTo([true, false]));
    }

    [Test]
    public void What_was_signed_with_a_key_that_was_rotated_away_is_taken_out()
    {
        SigningKey member = ledger.Identities[0];
        using SigningKey next = SigningKey.Create();
        ParsedTransaction left = Add(ledger.Settle(member));

        blocks.Decide(TestLedger.Time + 1, ledger.Signed(
            [member], Operations.RotateKey(ledger.ChainId, member.Address, 2, next)));

        Assert.That(pool.Contains(left.Id), Is.False);
        Assert.That(said, Is.EqualTo([true, false]));
    }

    [Test]
    public void What_has_ended_by_this_clock_is_no_work_at_the_next_look_and_is_kept_for_leaders_with_a_slower_one()
    {
        ParsedTransaction ending = Add(ledger.Settle(ledger.Identities[0], TestLedger.Time + 110));
        upkeep.Look();
        Assert.That(said, Is.EqualTo([true]));

        clock.Now += TimeSpan.FromMilliseconds(11);
        upkeep.Look();
        Assert.That(said, Is.EqualTo([true, false]));
        Assert.That(pool.TryGet(ending.Leaf, out _), Is.True);

        clock.Now += TimeSpan.FromMilliseconds(BlockLimits.ClockSkewMsMax);
        upkeep.Look();
        Assert.That(pool.TryGet(ending.Leaf, out _), Is.False);
    }

    [Test]
    public void Where_the_ledger_is_ahead_of_this_clock_its_time_counts()
    {
        ParsedTransaction ending = Add(ledger.Settle(ledger.Identities[0], TestLedger.Time + 5_000));

        blocks.Decide(TestLedger.Time + 4_999, ledger.Settle(ledger.Identities[1]));
        upkeep.Look();
        Assert.That(said, Is.EqualTo([true]));
        blocks.Decide(TestLedger.Time + 5_000, ledger.Settle(ledger.Identities[1]));

        Assert.That(said, Is.EqualTo([true, false]));
        Assert.That(pool.Contains(ending.Id), Is.False, "no later block can hold it");
    }

    private ParsedTransaction Add(ParsedTransaction transaction)
    {
        pool.Add(transaction, PoolShare.Of(transaction.Signers[0].Address));
        return transaction;
    }
}
