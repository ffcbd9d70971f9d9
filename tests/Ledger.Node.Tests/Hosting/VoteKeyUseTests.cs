using Ledger.Node.Hosting;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Hosting;

public sealed class VoteKeyUseTests
{
    private string folder = string.Empty;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ledger-vote-key-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_key_that_was_never_used_may_vote_also_after_a_restart()
    {
        Assert.That(Use().MayVote(hasVoteState: false), Is.True);
        Assert.That(Use().MayVote(hasVoteState: false), Is.True);
    }

    [Test]
    public void A_used_key_votes_only_with_its_vote_state()
    {
        Use().Mark(static () => { });

        Assert.That(Use().MayVote(hasVoteState: true), Is.True);
        Assert.That(Use().MayVote(hasVoteState: false), Is.False);
    }

    [Test]
    public void An_operator_who_removes_the_mark_lets_it_vote_again()
    {
        Use().Mark(static () => { });
        File.Delete(Path.Combine(folder, VoteKeyUse.FileName));

        Assert.That(Use().MayVote(hasVoteState: false), Is.True);
    }

    private VoteKeyUse Use() => new(
        Settings.Of(folder),
        Hash256.Zero,
        NullLogger.Instance);
}
