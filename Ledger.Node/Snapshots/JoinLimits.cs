namespace Ledger.Node.Snapshots;

/// <summary>Limits of a node that fetches a snapshot, each with its reason.</summary>
public static class JoinLimits
{
    /// <summary>
    /// A node without blocks takes a snapshot where its peers are further ahead than this: so many blocks it executes
    /// in seconds, and has then all of them. Snapshots that differ by less count as equally new.
    /// </summary>
    public const ulong BlocksByBlockMax = 1_000;

    /// <summary>Pages of ends of epochs from one peer: half a million changes of the set.</summary>
    public const int PagesMax = 2_048;

    /// <summary>A peer that has not answered a question by then is left for others.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(15);

    /// <summary>How long a node waits before it asks peers again of whom none was of use.</summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>How long a node waits when all peers are busy.</summary>
    public static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(200);
}
