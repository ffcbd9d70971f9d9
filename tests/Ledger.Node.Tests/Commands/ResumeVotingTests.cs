using Google.Protobuf;
using Ledger.Node.Chain;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Commands;

[NonParallelizable]
public sealed class ResumeVotingTests
{
    private const ulong StoppedAt = 10;
    private const ulong UsedUpTo = 25;
    private string home = string.Empty;
    private NodeConfiguration configuration = null!;

    [SetUp]
    public void MakeNode()
    {
        home = Directory.CreateTempSubdirectory("resume-voting-").FullName;
        configuration = Settings.Of(home);
    }

    [TearDown]
    public void RemoveNode() => Directory.Delete(home, recursive: true);

    [Test]
    public void A_node_that_has_not_stopped_is_left_alone()
    {
        Assert.That(ResumeVotingCommand.Run(configuration), Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public void A_node_that_has_not_heard_how_far_the_others_are_does_not_vote_again()
    {
        Stop().Stop(StoppedAt);
        Store(height: 1_000, hasVoteState: true);

        Assert.That(ResumeVotingCommand.Run(configuration), Is.EqualTo(ExitCode.Refused));
        Assert.That(Stop().IsStopped, Is.True);
    }

    [TestCase(StoppedAt)]
    [TestCase(UsedUpTo)]
    public void A_node_whose_store_has_not_passed_what_its_key_may_have_signed_does_not_vote_again(ulong height)
    {
        StopAndConfirm();
        Store(height, hasVoteState: true);

        Assert.That(ResumeVotingCommand.Run(configuration), Is.EqualTo(ExitCode.Refused));
        Assert.That(Stop().IsStopped, Is.True);
    }

    [Test]
    public void One_block_more_and_it_may()
    {
        StopAndConfirm();
        Use().Mark(static () => { });
        Store(UsedUpTo + 1, hasVoteState: true);

        Assert.That(ResumeVotingCommand.Run(configuration), Is.EqualTo(ExitCode.Done));
        Assert.That(Stop().IsStopped, Is.False);

        // Its votes are on disk: the mark of the key's use stays, for the next time that they are lost.
        Assert.That(Use().MayVote(hasVoteState: true), Is.True);
        Assert.That(Use().MayVote(hasVoteState: false), Is.False);
    }

    [Test]
    public void A_node_that_lost_its_votes_may_vote_too_once_the_ledger_has_passed_them()
    {
        Use().Mark(static () => { });
        StopAndConfirm();
        Store(UsedUpTo + 1, hasVoteState: false);

        Assert.That(ResumeVotingCommand.Run(configuration), Is.EqualTo(ExitCode.Done));
        Assert.That(Use().MayVote(hasVoteState: false), Is.True);
    }

    [Test]
    public void What_is_heard_first_counts_and_never_lowers_the_mark()
    {
        VotingStop stop = Stop();
        stop.Stop(StoppedAt);
        stop.Confirm(StoppedAt - 1);
        stop.Confirm(UsedUpTo);

        Assert.That(Stop().IsConfirmed, Is.True);
        Assert.That(Stop().Height, Is.EqualTo(StoppedAt));
    }

    private void StopAndConfirm()
    {
        VotingStop stop = Stop();
        stop.Stop(StoppedAt);
        stop.Confirm(UsedUpTo);
    }

    private void Store(ulong height, bool hasVoteState)
    {
        using LedgerDatabase database = LedgerDatabase.Open(configuration.Resolve(configuration.Data));
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(
            LedgerColumns.Meta,
            ChainWriter.HeadKey,
            new StoredHead { Height = height, Format = LedgerDatabase.Format }.ToByteArray());
        if (hasVoteState)
        {
            batch.Put(LedgerColumns.Consensus, [0], [1]);
        }

        database.Write(batch, synced: true);
    }

    private VotingStop Stop() => new(configuration, NullLogger.Instance);

    private VoteKeyUse Use() => new(configuration, Hash256.Zero, NullLogger.Instance);
}
