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
    /// The height that at least one honest one of some validators has reached: the highest that f + 1 of them name, once
    /// q of them, this node included, are live; null before that.
    /// </summary>
    public ulong? Reached(IReadOnlyCollection<Address> others, int quorum, int faultyMax)
    {
        ulong[] named = [.. others.Select(Live).OfType<ulong>().OrderDescending()];
        return named.Length >= quorum - 1 && named.Length > faultyMax ? named[faultyMax] : null;
    }
}
