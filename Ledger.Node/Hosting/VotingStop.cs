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
public sealed class VotingStop
{
    /// <summary>The mark's name within the node's folder.</summary>
    public const string FileName = "voting.stopped";

    // In the mark's second line, once the first one is known from the others.
    private const string Confirmed = "confirmed";

    private readonly string path;
    private readonly string home;
    private readonly ILogger logger;
    private ulong height;

    /// <summary>Reads the mark of a node's folder.</summary>
    public VotingStop(NodeConfiguration configuration, ILogger logger)
    {
        this.logger = logger;
        home = configuration.Home;
        path = configuration.Resolve(FileName);
        IsStopped = File.Exists(path);
        if (IsStopped)
        {
            string[] lines = File.ReadAllLines(path);
            IsConfirmed = lines.Length > 1
                && lines[1] == Confirmed
                && ulong.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out height);
        }
    }

    /// <summary>Whether the mark stands.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Whether enough others have said where they are since the mark was set.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>The highest height at which the key can have been used before the mark was confirmed.</summary>
    public ulong Height => height;

    /// <summary>Says at a start that the node only follows.</summary>
    public void Remind()
    {
        if (IsStopped)
        {
            logger.LogCritical(
                "This node does not vote: its vote key was used by another process, or for more than this node "
                + "remembers (see {Path}). Make sure that no other process has the key. Once the node has caught up "
                + "and the others have decided a block or two since, stop it and run: ledger-node resume-voting "
                + "--home {Home}",
                path,
                home);
        }
    }

    /// <summary>
    /// Sets the mark, with the head at which it happened. The key may have been used above that: a node that was put
    /// back to an older state does not know how far the ledger is.
    /// </summary>
    public void Stop(ulong headHeight)
    {
        if (!IsStopped)
        {
            height = headHeight;
            Write(string.Empty);
            IsStopped = true;
            Remind();
        }
    }

    /// <summary>Writes into the mark, once, the highest height at which the key can have been used.</summary>
    public void Confirm(ulong usedHeight)
    {
        if (IsStopped && !IsConfirmed)
        {
            height = Math.Max(height, usedHeight);
            Write(Confirmed + "\n");
            IsConfirmed = true;
        }
    }

    /// <summary>Takes the mark away, on the operator's word.</summary>
    public void Remove()
    {
        File.Delete(path);
        IsStopped = false;
        IsConfirmed = false;
    }

    private void Write(string secondLine) => AtomicFile.Write(
        path,
        Encoding.ASCII.GetBytes(height.ToString(CultureInfo.InvariantCulture) + "\n" + secondLine),
        overwrite: true);
}
