using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.ColdStart;

/// <summary>Accuracy after so many weeks at the new school, medians over rounds with their intervals, 0 to 1.</summary>
public sealed record ColdStartWeek
{
    /// <summary>Weeks at the new school; 0 is the first day.</summary>
    public required int Week { get; init; }

    /// <summary>By the school's own records.</summary>
    public required MedianInterval Without { get; init; }

    /// <summary>By them and the packet.</summary>
    public required MedianInterval WithPacket { get; init; }

    /// <summary>By them and another student's packet.</summary>
    public required MedianInterval Shuffled { get; init; }

    /// <summary>By them and the latent ability, which nobody knows.</summary>
    public required MedianInterval LatentKnown { get; init; }

    /// <summary>What the packet adds, round by round.</summary>
    public required MedianInterval Gain { get; init; }

    /// <summary>What another student's packet adds, round by round.</summary>
    public required MedianInterval ShuffledGain { get; init; }

    /// <summary>The medians of a week over rounds, of which there is at least one.</summary>
    public static ColdStartWeek Of(int week, IReadOnlyList<ColdStartRound> rounds)
    {
        double[] Each(PacketUse use) => [.. rounds.Select(round => round.AccuracyOf(use, week))];
        double[] without = Each(PacketUse.Without);
        double[] with = Each(PacketUse.With);
        double[] shuffled = Each(PacketUse.Shuffled);
        return new ColdStartWeek
        {
            Week = week,
            Without = MedianInterval.Of(without).Rounded(),
            WithPacket = MedianInterval.Of(with).Rounded(),
            Shuffled = MedianInterval.Of(shuffled).Rounded(),
            LatentKnown = MedianInterval.Of(Each(PacketUse.Latent)).Rounded(),
            Gain = MedianInterval.Of(with.Zip(without, static (one, other) => one - other)).Rounded(),
            ShuffledGain = MedianInterval.Of(shuffled.Zip(without, static (one, other) => one - other)).Rounded(),
        };
    }
}
