using Ledger.Node.Erasure.Retention;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;

namespace Ledger.Node.Erasure;

/// <summary>
/// What is done about erasures, again and again: follow the ledger, list what has been kept for long enough, take out
/// of the store what the list names, write the files anew, and put tombstones on the ledger. Used by one thread, that
/// of anchoring: it changes the outbox.
/// </summary>
public sealed class ErasureRound(
    ErasureFollower follower,
    RetentionJob retention,
    StoreErasing erasing,
    TombstoneSender sender,
    ErasureList list,
    ILogger logger)
{
    /// <summary>Before anything is served: see <see cref="StoreErasing.Reapply"/>.</summary>
    public void Begin()
    {
        try
        {
            follower.Look();
        }
        catch (Exception problem) when (problem is DamagedDataException or SealDamagedException)
        {
            // One damaged block does not keep a node from starting: it is fetched when it runs, and the rounds go on
            // from there.
            logger.LogError(problem, "the ledger's erasures are followed later: {Message}", problem.Message);
        }

        try
        {
            erasing.Reapply();
        }
        catch (SealDamagedException problem)
        {
            // Nor does a damaged value of one account: all others were gone through, and the rounds try it again.
            logger.LogError(problem, "what was erased is not all erased again: {Message}", problem.Message);
        }
    }

    /// <summary>Does what is to be done now.</summary>
    public void Look()
    {
        follower.Look();
        retention.Look();
        if (list.HasWork)
        {
            erasing.Look();
            sender.Look();
        }
    }
}
