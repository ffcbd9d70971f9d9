using Ledger.Primitives;

namespace Ledger.Node.Pool;

/// <summary>
/// The ids of all blocks whose time is at least the head's time less the replay window. Written by the kernel's
/// thread, read by all.
/// </summary>
public sealed class RecentTransactions
{
    /// <summary>The longest time for which a transaction stays valid.</summary>
    public const long WindowMs = 120_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Hash256, long> times = [];
    private readonly Queue<(long Time, Hash256[] Ids)> blocks = new();

    /// <summary>Whether a recent block holds the id.</summary>
    public bool Contains(Hash256 id)
    {
        lock (gate)
        {
            return times.ContainsKey(id);
        }
    }

    /// <summary>Adds a block's ids and drops those that have left the window.</summary>
    public void Add(long blockTimeUnixMs, Hash256[] ids)
    {
        lock (gate)
        {
            blocks.Enqueue((blockTimeUnixMs, ids));
            foreach (Hash256 id in ids)
            {
                times[id] = blockTimeUnixMs;
            }

            while (blocks.TryPeek(out (long Time, Hash256[] Ids) oldest) && oldest.Time < blockTimeUnixMs - WindowMs)
            {
                blocks.Dequeue();
                foreach (Hash256 id in oldest.Ids)
                {
                    times.Remove(id);
                }
            }
        }
    }
}
