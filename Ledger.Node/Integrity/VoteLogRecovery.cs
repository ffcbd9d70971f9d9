using Ledger.Node.Hosting;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// Decides at a start whether what is known of this node's votes can be relied on. Rule S-7: a validator that has
/// forgotten what it signed does not vote.
/// </summary>
public static class VoteLogRecovery
{
    /// <summary>
    /// Whether the vote log is whole. If not, voting is stopped until the operator resumes it with
    /// <c>ledger-node resume-voting</c>, which forgets the damaged log.
    /// </summary>
    public static bool IsWhole(
        string folder, LedgerDatabase database, Hash256 chainId, ulong headHeight, VotingStop stop, ILogger logger)
    {
        IReadOnlyList<Finding> findings = VoteLogInspector.Inspect(database, chainId, headHeight);
        if (findings.Count > 0)
        {
            DamagedVotes.Note(folder, findings);
        }

        if (!DamagedVotes.AreNoted(folder))
        {
            return true;
        }

        foreach (Finding finding in findings)
        {
            logger.LogCritical("Vote log {Place}: {What}", finding.Place, finding.What);
        }

        logger.LogCritical(
            "What this node's vote key has signed is damaged on disk (see {Path}): it follows the ledger and does not "
            + "vote.",
            DamagedVotes.PathOf(folder));
        stop.Stop(headHeight);
        return false;
    }
}
