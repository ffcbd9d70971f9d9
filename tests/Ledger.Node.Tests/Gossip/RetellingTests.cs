using Ledger.Contracts.Transactions;
using Ledger.Node.Gossip;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Gossip;

public sealed class RetellingTests
{
    private TestLedger ledger = null!;
    private Retelling retelling = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        retelling = new Retelling();
    }

    [TearDown]
    public void Close() => ledger.Dispose();

    [Test]
    public void What_waits_on_a_ledger_that_stands_still_is_told_again_before_a_view_is_lost()
    {
        ParsedTransaction waiting = Make();

        Assert.That(retelling.Look([waiting], 5), Is.Empty, "it may have come a moment ago");
        Assert.That(retelling.Look([waiting], 5), Is.EqualTo([waiting]));
        Assert.That(2 * Retelling.LookMs, Is.LessThan(1000), "T0 of a view");
    }

    [Test]
    public void It_is_told_at_every_second_look_for_as_long_as_it_waits()
    {
        ParsedTransaction waiting = Make();

        int[] told = [.. Enumerable.Range(0, 6).Select(_ => retelling.Look([waiting], 5).Count)];

        Assert.That(told, Is.EqualTo([0, 1, 0, 1, 0, 1]));
    }

    [Test]
    public void What_waits_while_blocks_are_decided_is_told_again_after_some_looks_only()
    {
        ParsedTransaction waiting = Make();

        int[] told = [.. Enumerable.Range(0, 8).Select(look => retelling.Look([waiting], 6 + (ulong)look).Count)];

        Assert.That(told, Is.EqualTo([0, 0, 0, 1, 0, 0, 0, 1]));
    }

    [Test]
    public void What_no_longer_waits_is_forgotten()
    {
        ParsedTransaction decided = Make();
        ParsedTransaction fresh = Make();
        retelling.Look([decided], 5);

        Assert.That(retelling.Look([fresh], 5), Is.Empty);
        Assert.That(retelling.Look([decided, fresh], 5), Is.EqualTo([fresh]), "the first one is new again");
    }

    private ParsedTransaction Make() => ledger.Settle(ledger.Identities[0]);
}
