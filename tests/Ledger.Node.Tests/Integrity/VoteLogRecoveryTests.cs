using Ledger.Node.Agreement;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Integrity;

[NonParallelizable]
public sealed class VoteLogRecoveryTests
{
    private MadeStore store = null!;

    [SetUp]
    public void Make() => store = new MadeStore();

    [TearDown]
    public void Delete() => store.Dispose();

    [Test]
    public void A_whole_vote_log_lets_the_node_vote()
    {
        Assert.That(IsWhole(Stop()), Is.True);
        Assert.That(Stop().IsStopped, Is.False);
    }

    [Test]
    public void A_damaged_vote_state_stops_voting_over_restarts_until_the_operator_resumes()
    {
        store.Flip(LedgerColumns.Consensus, [0]);

        Assert.That(IsWhole(Stop()), Is.False);
        Assert.That(Stop().IsStopped, Is.True);
        Assert.That(IsWhole(Stop()), Is.False, "a restart changes nothing");

        File.Delete(Path.Combine(Path.GetDirectoryName(store.Data)!, VotingStop.FileName));
        Assert.That(IsWhole(Stop()), Is.False, "the mark alone is not the operator's word");
        Assert.That(ResumeVotingCommand.Run(Configuration), Is.EqualTo(ExitCode.Refused), "nobody was heard");
        Assert.That(IsWhole(Stop()), Is.False);

        VotingStop heard = Stop();
        heard.Confirm(MadeStore.Blocks);
        Assert.That(ResumeVotingCommand.Run(Configuration), Is.EqualTo(ExitCode.Refused), "the ledger has not gone on");
        store.Advance();
        Assert.That(ResumeVotingCommand.Run(Configuration), Is.EqualTo(ExitCode.Done));

        Assert.That(Stop().IsStopped, Is.False);
        Assert.That(IsWhole(Stop()), Is.True);
        using LedgerDatabase database = store.Open();
        Assert.That(database.Get(LedgerColumns.Consensus, ConsensusStore.VoteStateKey), Is.Null);
        Assert.That(database.BrokenSeals, Is.Empty);
        Assert.That(DamagedVotes.AreNoted(store.Data), Is.False);
    }

    [Test]
    public void Votes_that_were_put_back_to_an_older_state_with_the_whole_data_folder_stop_voting()
    {
        string old = store.Data + "-old";
        using (LedgerDatabase _ = store.Open())
        {
        }

        Copy(store.Data, old);
        store.Damage(LedgerColumns.Pairs, [1], [2]);
        Directory.Delete(store.Data, recursive: true);
        Directory.Move(old, store.Data);

        Assert.That(store.Inspect().Has(DamageArea.VoteLog), Is.True);
        Assert.That(IsWhole(Stop()), Is.False);
    }

    [Test]
    public void A_repair_that_noted_damaged_votes_stops_voting_at_the_next_start()
    {
        DamagedVotes.Note(store.Data, [new Finding(DamageArea.VoteLog, "log of writes", "its end was dropped")]);

        Assert.That(IsWhole(Stop()), Is.False);
        Assert.That(Stop().IsStopped, Is.True);
    }

    private bool IsWhole(VotingStop stop)
    {
        using LedgerDatabase database = store.Open();
        return VoteLogRecovery.IsWhole(
            store.Data, database, store.Cast.ChainId, MadeStore.Blocks, stop, NullLogger.Instance);
    }

    private NodeConfiguration Configuration => Settings.Of(Path.GetDirectoryName(store.Data)!);

    private VotingStop Stop() => new(Configuration, NullLogger.Instance);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
