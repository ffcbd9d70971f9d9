namespace Ledger.Node.Agreement;

/// <summary>
/// When a leader under load builds its next block. A block costs the same messages, signatures and syncs whatever is
/// in it; and clients that wait for answers fall into two halves, of which each finds the other one's block under way.
/// So a leader waits, twice as long as its last block took, for as many as that block held to join those that wait
/// already. Who is alone, or comes to a ledger at rest, is never waited for. Used on the kernel's thread.
/// </summary>
public sealed class ProposalPace
{
    /// <summary>After a smaller block nothing is gathered: there are few to be gathered.</summary>
    public const int CountMin = 8;

    /// <summary>When nobody has come for so long, nobody is waited for any more.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    /// <summary>However long a block takes, as over a wide area: gathering more would no longer be felt.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(40);

    /// <summary>Those who do not wait for answers come as they come: two rounds bring twice as many as one.</summary>
    private const int RoundsMax = 2;

    private int built;
    private bool tookAll;
    private TimeSpan builtAt;
    private int decided;
    private TimeSpan round;

    /// <summary>A block was built here, of so many transactions, at a monotonic time.</summary>
    public void OnBuilt(int count, bool tookAllThatWaited, TimeSpan now)
    {
        built = count;
        tookAll = tookAllThatWaited;
        builtAt = now;
    }

    /// <summary>The block that was built last was decided.</summary>
    public void OnDecided(TimeSpan now)
    {
        decided = tookAll ? built : 0;
        round = now - builtAt;
    }

    /// <summary>A block of somebody else was decided.</summary>
    public void OnOthersDecided() => decided = 0;

    /// <summary>What to wait for before the next block is built, or null; is asked once a block.</summary>
    public PaceGoal? Next(int waiting)
    {
        int before = decided;
        decided = 0;
        if (before < CountMin)
        {
            return null;
        }

        TimeSpan wait = RoundsMax * round;
        return new PaceGoal(waiting + before, wait < Longest ? wait : Longest);
    }
}
