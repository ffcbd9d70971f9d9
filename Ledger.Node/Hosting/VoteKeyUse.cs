using Ledger.Client.Keys;
using Ledger.Node.Configuration;
using Ledger.Primitives;

namespace Ledger.Node.Hosting;

/// <summary>
/// Remembers, outside the data folder, that the vote key has been used. A node whose data were lost or moved away does
/// not know what it has signed: it follows the ledger and does not vote until its operator says so with
/// <c>ledger-node resume-voting</c>.
/// </summary>
public sealed class VoteKeyUse(NodeConfiguration configuration, Hash256 chainId, ILogger logger)
{
    /// <summary>The mark's name within the node's folder.</summary>
    public const string FileName = "vote-key.used";

    private readonly string path = configuration.Resolve(FileName);
    private bool marked = File.Exists(configuration.Resolve(FileName));

    /// <summary>
    /// Whether the node may sign: not where the key has been used and nothing is known of what it signed.
    /// </summary>
    public bool MayVote(bool hasVoteState)
    {
        if (marked && !hasVoteState)
        {
            logger.LogCritical(
                "This node's vote key has been used (see {Path}), and what it signed is gone with the data. It follows "
                + "the ledger and does not vote. Once it has caught up and the others have decided a block or two "
                + "since, stop it and run: ledger-node resume-voting --home {Home}",
                path,
                configuration.Home);
            return false;
        }

        return true;
    }

    /// <summary>Takes the mark away, on the operator's word.</summary>
    public void Remove()
    {
        File.Delete(path);
        marked = false;
    }

    /// <summary>
    /// Marks the key as used; called before the first vote becomes durable. <paramref name="beforeMark"/> makes a vote
    /// state durable, without which the mark would stop a node that a power cut has ended in between.
    /// </summary>
    public void Mark(Action beforeMark)
    {
        if (!marked)
        {
            beforeMark();
            AtomicFile.Write(path, System.Text.Encoding.ASCII.GetBytes(chainId + "\n"), overwrite: true);
            marked = true;
        }
    }
}
