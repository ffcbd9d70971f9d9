using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Agreement;

public sealed class PeerInboxTests
{
    private readonly PeerInbox inbox = new();
    private KernelBench bench = null!;

    private Address North => bench.Set[0].Address;

    private Address South => bench.Set[1].Address;

    [OneTimeSetUp]
    public void MakeKeys() => bench = KernelBench.Of(4);

    [OneTimeTearDown]
    public void DropKeys() => bench.Dispose();

    [TearDown]
    public void Empty()
    {
        while (!inbox.IsEmpty)
        {
            inbox.TryTake(out _);
            inbox.OnTick();
        }

        inbox.OnTick();
    }

    [Test]
    public void Senders_take_turns_and_each_keeps_its_order()
    {
        Add(North, Vote(1), Vote(2), Vote(3));
        Add(South, Vote(4), Vote(5));

        Assert.That(Views(), Is.EqualTo(new ulong[] { 1, 4, 2, 5, 3 }));
    }

    [Test]
    public void A_full_share_makes_its_sender_wait_and_nobody_else()
    {
        Add(North, [.. Enumerable.Range(0, PeerInbox.ShareMessagesMax).Select(view => Vote((ulong)view))]);

        Assert.That(inbox.TryAdd(North, Vote(1), 1, out Task? room), Is.False);
        Assert.That(inbox.TryAdd(South, Vote(7), 1, out _), Is.True);
        Assert.That(room!.IsCompleted, Is.False);

        inbox.TryTake(out _);
        Assert.That(room.IsCompleted, Is.True);
        Assert.That(inbox.TryAdd(North, Vote(1), 1, out _), Is.True);
    }

    [Test]
    public void Bytes_fill_a_share_too()
    {
        Assert.That(inbox.TryAdd(North, Vote(1), PeerInbox.ShareBytesMax, out _), Is.True);
        Assert.That(inbox.TryAdd(North, Vote(2), 1, out _), Is.False);
    }

    [Test]
    public void Of_view_changes_one_a_tick_is_heard_and_the_newest_replaces_those_between()
    {
        Add(North, ViewChange(1), ViewChange(2), ViewChange(3), Vote(9));
        Assert.That(Views(), Is.EqualTo(new ulong[] { 1, 9 }));

        inbox.OnTick();
        Add(North, ViewChange(4));
        Assert.That(Views(), Is.EqualTo(new ulong[] { 3 }));

        inbox.OnTick();
        Assert.That(Views(), Is.EqualTo(new ulong[] { 4 }));

        inbox.OnTick();
        Add(North, ViewChange(5));
        Assert.That(Views(), Is.EqualTo(new ulong[] { 5 }));
    }

    [Test]
    public void View_changes_that_the_kernel_has_no_time_for_do_not_pile_up()
    {
        for (ulong view = 1; view < 100; view++)
        {
            Add(North, ViewChange(view));
            inbox.OnTick();
        }

        Assert.That(Views(), Is.EqualTo(new ulong[] { 1 }));
        inbox.OnTick();
        Assert.That(Views(), Is.EqualTo(new ulong[] { 99 }));
    }

    private void Add(Address from, params Input[] inputs) =>
        Assert.That(inputs.All(input => inbox.TryAdd(from, input, 1, out _)), Is.True);

    private List<ulong> Views()
    {
        List<ulong> views = [];
        while (inbox.TryTake(out Input? input))
        {
            views.Add(((Input.MessageReceived)input).Message.Content.View);
        }

        return views;
    }

    private Input Vote(ulong view) => new Input.MessageReceived(
        bench.Say(0, new ConsensusMessage.Vote(0, 1, view, VoteKind.Prepare, Hash256.Zero)));

    private Input ViewChange(ulong view) => new Input.MessageReceived(
        bench.Say(0, new ConsensusMessage.ViewChange(0, 1, view, null, null)));
}
