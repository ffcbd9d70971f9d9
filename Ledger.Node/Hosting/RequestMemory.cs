using System.Net;

namespace Ledger.Node.Hosting;

/// <summary>
/// Bytes of requests that have not arrived whole, by the network that sends them: each may make this node keep so many,
/// however many connections and calls it opens. Thread-safe.
/// </summary>
public sealed class RequestMemory(long share)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, long> kept = [];

    /// <summary>All bytes that are kept.</summary>
    public long Kept
    {
        get
        {
            lock (gate)
            {
                return kept.Values.Sum();
            }
        }
    }

    /// <summary>
    /// Counts more bytes of a network, or fewer; false, and nothing counted, where its share is full.
    /// </summary>
    public bool TryChange(IPAddress network, long bytes)
    {
        lock (gate)
        {
            long now = kept.GetValueOrDefault(network) + bytes;
            if (bytes > 0 && now > share)
            {
                return false;
            }

            if (now == 0)
            {
                kept.Remove(network);
            }
            else
            {
                kept[network] = now;
            }

            return true;
        }
    }
}
