using Ledger.Consensus;

namespace Ledger.Node.Agreement;

/// <summary>
/// When a leader under load builds its next block. A block costs the same messages, signatures and syncs whatever is
/// in it; and clients that wait for answers fall into two halves, of which each finds the other one's block under way.
/// So a leader waits for as many as its last block held to join those that wait already: twice as long as that block
/// took and 40 ms at most; where it took long, as long as whoever was answered elsewhere needs to be heard here again.
/// Who is alone, or comes to a ledger at rest, is never waited for. Used on the kernel's thread.
/// </summary>
public sealed class ProposalPace
{
    /// <summary>After a smaller block nothing is gathered: there are few to be gathered.</summary>
    public const int CountMin = 8;

    /// <summary>How often is looked whether anybody has come, and the shortest silence that ends the wait.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    /// <summary>The longest of two rounds that are waited for: gathering more would no longer be felt.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(40);

    /// <summary>Waiting and the block together stay clear of T0, after which others leave the view.</summary>
    private static readonly TimeSpan WithinView =
        TimeSpan.FromMilliseconds(0.8 * Ticks.TimeoutFirst * Ticks.MillisecondsPerTick);

    /// <summary>Those who do not wait for answers come as they come: two rounds bring twice as many as one.</summary>
    private const int RoundsMax = 2;

    /// <summary>Pre-prepare, prepare and commit: a block takes as many ways between nodes.</summary>
    private const int WaysOfBlock = 3;

    /// <summary>Whoever comes back has been answered, and is gathered on the way, besides.</summary>
    private static readonly TimeSpan WayMore = 2 * Pause;

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

        TimeSpan near = Least(RoundsMax * round, Longest);
        TimeSpan way = Least((round / WaysOfBlock) + WayMore, WithinView - round);
        return way > near
            ? new PaceGoal(waiting + before, way, way)
            : new PaceGoal(waiting + before, near, Pause);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
