using System.Globalization;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// Compares this node's clock with its peers', and says so when most of them agree that it is wrong: with a clock that
/// is off by more than 10 s a node refuses the others' blocks, and they its own (C-2). Advice for people only; nothing
/// is decided by it. Thread-safe.
/// </summary>
public sealed class PeerClocks(TimeProvider time, ILogger logger)
{
    /// <summary>NTP keeps clocks within a few milliseconds; a second means that it does not run.</summary>
    private static readonly TimeSpan OffsetMax = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Address, TimeSpan> offsets = [];
    private bool told;

    /// <summary>This node's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>
    /// How far this node's clock is ahead of the others', by the median of all clocks, its own among them; of two in
    /// the middle the one nearer to its own. So a liar alone accuses nobody.
    /// </summary>
    public TimeSpan Ahead
    {
        get
        {
            lock (gate)
            {
                return -Median();
            }
        }
    }

    /// <summary>Takes what a peer answered when it was asked for the time at <paramref name="asked"/>.</summary>
    public void Note(Address peer, DateTimeOffset asked, long answeredUnixMs)
    {
        if (answeredUnixMs <= 0 || answeredUnixMs > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return;
        }

        DateTimeOffset between = asked + ((Now - asked) / 2);
        lock (gate)
        {
            offsets[peer] = DateTimeOffset.FromUnixTimeMilliseconds(answeredUnixMs) - between;
            Tell(-Median());
        }
    }

    private TimeSpan Median()
    {
        TimeSpan[] sorted = [.. offsets.Values.Append(TimeSpan.Zero).Order()];
        TimeSpan low = sorted[(sorted.Length - 1) / 2];
        TimeSpan high = sorted[sorted.Length / 2];
        return low.Duration() < high.Duration() ? low : high;
    }

    private void Tell(TimeSpan ahead)
    {
        bool wrong = ahead.Duration() > OffsetMax;
        if (wrong && !told)
        {
            logger.LogWarning(
                "this node's clock is {Seconds} s {Way} those of most peers; set it (NTP), or this node can neither "
                + "take part in agreement nor accept transactions once it is more than 10 s",
                ahead.Duration().TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),
                ahead > TimeSpan.Zero ? "ahead of" : "behind");
        }
        else if (!wrong && told)
        {
            logger.LogInformation("this node's clock agrees with most peers again");
        }

        told = wrong;
    }
}
