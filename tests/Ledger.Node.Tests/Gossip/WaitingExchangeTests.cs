using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Transactions;
using Ledger.Node.Gossip;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Gossip;

public sealed class WaitingExchangeTests
{
    private TestLedger ledger = null!;
    private TransactionPool here = null!;
    private TransactionPool there = null!;
    private RecentTransactions recent = null!;
    private WaitingExchange teller = null!;
    private WaitingExchange hearer = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        StillClock clock = new();
        here = new TransactionPool(clock);
        there = new TransactionPool(clock);
        recent = new RecentTransactions();
        teller = new WaitingExchange(here, new RecentTransactions());
        hearer = new WaitingExchange(there, recent);
    }

    [TearDown]
    public void Close() => ledger.Dispose();

    [Test]
    public void What_the_other_lacks_is_asked_for_and_sent()
    {
        ParsedTransaction[] waiting = Waiting(3);
        Add(there, waiting[1]);

        Frame asked = hearer.AskFor(WaitingExchange.Naming(waiting).Waiting)!;
        Frame sent = teller.Answer(asked.Wanted)!;

        Assert.That(
            sent.Transactions.Transactions_.Select(one => one.ToByteArray()),
            Is.EquivalentTo(new[] { waiting[0], waiting[2] }.Select(one => one.SignedBytes.ToArray())));
    }

    [Test]
    public void What_all_know_costs_its_ids_and_no_answer()
    {
        ParsedTransaction[] waiting = Waiting(PeerLimits.GossipTransactionsMax);
        foreach (ParsedTransaction transaction in waiting)
        {
            Add(there, transaction);
        }

        Frame named = WaitingExchange.Naming(waiting);

        Assert.That(hearer.AskFor(named.Waiting), Is.Null);
        Assert.That(
            named.CalculateSize(), Is.LessThan((PeerLimits.GossipTransactionsMax * Hash256.Size) + 16));
    }

    [Test]
    public void What_was_decided_lately_is_not_asked_for()
    {
        ParsedTransaction[] waiting = Waiting(1);
        recent.Add(TestLedger.Time, [waiting[0].Id]);

        Assert.That(hearer.AskFor(WaitingExchange.Naming(waiting).Waiting), Is.Null);
    }

    [Test]
    public void What_is_gone_meanwhile_is_not_answered()
    {
        ParsedTransaction[] waiting = Waiting(1);
        Frame asked = hearer.AskFor(WaitingExchange.Naming(waiting).Waiting)!;
        here.Remove([waiting[0].Id]);

        Assert.That(teller.Answer(asked.Wanted), Is.Null);
    }

    [Test]
    public void What_is_lacking_is_asked_for_from_another_place_each_time()
    {
        TransactionIds all = WaitingExchange.Naming(Waiting(PeerLimits.GossipTransactionsMax)).Waiting;
        const int Looks = 200;

        HashSet<Hash256> firsts =
        [
            .. Enumerable.Range(0, Looks).Select(
                _ => new Hash256(hearer.AskFor(all)!.Wanted.Ids.Span[..Hash256.Size])),
        ];

        Assert.That(firsts, Has.Count.GreaterThan(Looks / 4), "what is refused here must not keep out the others");
    }

    [Test]
    public void An_answer_stays_within_a_frame()
    {
        ParsedTransaction[] waiting = Waiting(PeerLimits.GossipTransactionsMax, operations: 1_000);
        Assert.That(waiting.Sum(one => one.SignedBytes.Length), Is.GreaterThan(PeerLimits.GossipBytesMax));

        Frame sent = teller.Answer(WaitingExchange.Naming(waiting).Waiting)!;

        Assert.That(sent.Transactions.Transactions_.Sum(one => one.Length), Is.LessThan(PeerLimits.GossipBytesMax));
    }

    [Test]
    public void What_is_asked_for_twice_is_sent_once()
    {
        byte[] id = Waiting(1)[0].Id.ToArray();

        Frame sent = teller.Answer(new TransactionIds { Ids = ByteString.CopyFrom([.. id, .. id]) })!;

        Assert.That(sent.Transactions.Transactions_, Has.Count.EqualTo(1));
    }

    [Test]
    public void Lists_that_are_too_long_or_broken_off_are_neither_asked_about_nor_answered()
    {
        ParsedTransaction[] waiting = Waiting(1);
        byte[] id = waiting[0].Id.ToArray();
        foreach (byte[] bytes in new byte[][]
        {
            [.. id, 0],
            [.. Enumerable.Repeat(id, PeerLimits.GossipTransactionsMax + 1).SelectMany(one => one)],
        })
        {
            TransactionIds list = new() { Ids = ByteString.CopyFrom(bytes) };

            Assert.That(hearer.AskFor(list), Is.Null);
            Assert.That(teller.Answer(list), Is.Null);
        }
    }

    private ParsedTransaction[] Waiting(int count, int operations = 1)
    {
        ParsedTransaction[] made =
            [.. Enumerable.Range(0, count).Select(
                place => ledger.Settle(
                    ledger.Identities[place % ledger.Identities.Length], operations: operations))];
        foreach (ParsedTransaction transaction in made)
        {
            Add(here, transaction);
        }

        return made;
    }

    private static void Add(TransactionPool pool, ParsedTransaction transaction) =>
        Assert.That(
            pool.Add(transaction, PoolShare.Of(transaction.Signers[0].Address)), Is.EqualTo(PoolAnswer.Added));
}
