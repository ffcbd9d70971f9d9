using System.Globalization;
using System.Text;
using Ledger.Client.Keys;
using Ledger.Node.Configuration;

namespace Ledger.Node.Hosting;

/// <summary>
/// Remembers, outside the data folder, that this node's vote key was used elsewhere or for more than the node
/// remembers. From then on it follows the ledger and does not vote, over any number of restarts, until its operator has
/// seen to it (S-8).
/// </summary>
public sealed class VotingStop(NodeConfiguration configuration, ILogger logger)
{
    /// <summary>The mark's name within the node's folder.</summary>
    public const string FileName = "voting.stopped";

    private readonly string path = configuration.Resolve(FileName);

    /// <summary>Whether the mark stands.</summary>
    public bool IsStopped { get; private set; } = File.Exists(configuration.Resolve(FileName));

    /// <summary>Says at a start that the node only follows.</summary>
    public void Remind()
    {
        if (IsStopped)
        {
            logger.LogCritical(
                "This node does not vote: its vote key was used by another process, or for more than this node "
                + "remembers (see {Path}). Make sure that no other process has the key. Once the node has caught up "
                + "and the others have decided at least one block since, run `ledger-node resume-voting`.",
                path);
        }
    }

    /// <summary>Sets the mark, with the height at which it happened.</summary>
    public void Stop(ulong height)
    {
        if (!IsStopped)
        {
            string text = height.ToString(CultureInfo.InvariantCulture) + "\n";
            AtomicFile.Write(path, Encoding.ASCII.GetBytes(text), overwrite: true);
            IsStopped = true;
            Remind();
        }
    }
}
