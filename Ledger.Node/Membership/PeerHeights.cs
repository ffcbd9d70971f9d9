using System.Diagnostics;
using Ledger.Primitives;

namespace Ledger.Node.Membership;

/// <summary>
/// The height that each institution's node named last, and when. Its own word over its own connection: advice for
/// people, on which nothing in agreement rests. Thread-safe.
/// </summary>
public sealed class PeerHeights
{
    /// <summary>
    /// Statuses come every second; a node that was silent for longer than five of them is not called live.
    /// </summary>
    private static readonly TimeSpan LiveFor = TimeSpan.FromSeconds(5);

    /// <summary>Honest nodes that hear one another are a block or two apart; a portion of catch-up is ample.</summary>
    private const ulong AheadMax = Ledger.Consensus.IPeers.PortionBlocks;

    private readonly Lock gate = new();
    private readonly Dictionary<Address, (ulong Height, long At)> heard = [];

    /// <summary>Takes what an institution's node said of itself.</summary>
    public void Note(Address institution, ulong height)
    {
        lock (gate)
        {
            heard[institution] = (height, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>The height that was named last, if that was a moment ago; else null.</summary>
    public ulong? Live(Address institution)
    {
        lock (gate)
        {
            return heard.TryGetValue(institution, out (ulong Height, long At) last)
                && Stopwatch.GetElapsedTime(last.At) <= LiveFor
                    ? last.Height
                    : null;
        }
    }

    /// <summary>
    /// The highest height that any of some validators has reached, once enough of them are live to say; null before
    /// that. One that names much more than an honest one has reached is not believed.
    /// </summary>
    public ulong? Reached(IReadOnlyCollection<Address> validators, int quorum, int faultyMax)
    {
        ulong[] named = [.. validators.Select(Live).OfType<ulong>().OrderDescending()];
        return named.Length >= quorum - 1 && named.Length > faultyMax
            ? named.First(height => height - named[faultyMax] <= AheadMax)
            : null;
    }
}
