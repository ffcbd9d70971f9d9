using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Hosting;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Hosting;

/// <summary>
/// The first vote of a key takes three writes: an empty vote state, the mark of the key's use, the vote. The power may
/// fail after each; the node votes after its restart.
/// </summary>
public sealed class FirstVoteTests
{
    private DatabaseFolder folder = null!;

    private string Home => Path.GetDirectoryName(folder.Data)!;

    [SetUp]
    public void Open() => folder = new DatabaseFolder();

    [TearDown]
    public void Close() => folder.Dispose();

    [Test]
    public void A_cut_before_anything_leaves_a_node_that_votes()
    {
        Assert.Throws<IOException>(() => Vote(static _ => throw new IOException()));

        Assert.That(MayVoteAfterRestart(), Is.True);
        Assert.That(IsMarked, Is.False);
    }

    [Test]
    public void A_cut_between_the_empty_vote_state_and_the_mark_leaves_a_node_that_votes()
    {
        Assert.Throws<IOException>(() => Vote(static beforeMark =>
        {
            beforeMark();
            throw new IOException();
        }));

        AssertEmptyAndSynced();
        Assert.That(IsMarked, Is.False);
        Assert.That(MayVoteAfterRestart(), Is.True);
    }

    [Test]
    public void A_cut_between_the_mark_and_the_vote_leaves_a_node_that_votes()
    {
        Assert.Throws<IOException>(() => Vote(beforeMark =>
        {
            Use().Mark(beforeMark);
            throw new IOException();
        }));

        AssertEmptyAndSynced();
        Assert.That(IsMarked, Is.True);
        Assert.That(MayVoteAfterRestart(), Is.True);
    }

    [Test]
    public void The_mark_is_set_only_once_the_empty_vote_state_is_on_disk()
    {
        bool wasMarked = false;
        Vote(beforeMark => Use().Mark(() =>
        {
            beforeMark();
            wasMarked = IsMarked;
            AssertEmptyAndSynced();
        }));

        Assert.That(wasMarked, Is.False);
        Assert.That(IsMarked, Is.True);
        Assert.That(MayVoteAfterRestart(), Is.True);
    }

    [Test]
    public void A_vote_state_that_is_there_is_never_made_empty()
    {
        Vote(Use().Mark);
        ulong voted = Stored().Height;
        File.Delete(Path.Combine(Home, VoteKeyUse.FileName));

        Assert.Throws<IOException>(() => Vote(beforeMark =>
        {
            Use().Mark(beforeMark);
            throw new IOException();
        }));

        Assert.That(Stored().Height, Is.EqualTo(voted).And.GreaterThan(0));
    }

    private bool IsMarked => File.Exists(Path.Combine(Home, VoteKeyUse.FileName));

    private void Vote(Action<Action> onVote)
    {
        // What was signed is of no matter here.
        (VoteState.Empty with { Height = 1, ViewLeftFor = 1 }).Seal(out byte[] record);
        Store(onVote).Persist([], record, synced: true);
    }

    private void AssertEmptyAndSynced()
    {
        Assert.That(Stored().Height, Is.Zero);
        Assert.That(Stored().Slots, Is.Empty);
        Assert.That(Watermark.Read(folder.Data), Is.EqualTo(folder.Database.Sequence), "the last batch was synced");
    }

    private VoteState Stored() =>
        VoteState.TryRead(Store(static _ => { }).Load().VoteState.Span, out VoteState? state, out _)
            ? state
            : throw new InvalidDataException("no vote state");

    private bool MayVoteAfterRestart()
    {
        folder.Reopen();
        Assert.That(VoteLogInspector.Inspect(folder.Database, Hash256.Zero, headHeight: 0), Is.Empty);
        return Use().MayVote(hasVoteState: !Store(static _ => { }).Load().VoteState.IsEmpty);
    }

    private ConsensusStore Store(Action<Action> onVote) =>
        new(folder.Database, new ChainWriter(folder.Database), assembler: null!, chain: null!, onVote);

    private VoteKeyUse Use() => new(
        Settings.Of(Home),
        Hash256.Zero,
        NullLogger.Instance);
}
