using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Wan;

/// <summary>One delay at one size of the consortium.</summary>
public sealed record WanPoint
{
    /// <summary>One-way delay between any two nodes.</summary>
    public required int DelayMs { get; init; }

    /// <summary>Latency of one transaction at a time, the client beside the leader.</summary>
    public required LatencyMs OneClientLatencyMs { get; init; }

    /// <summary>Interval of its median.</summary>
    public required MedianInterval OneClientP50Interval { get; init; }

    /// <summary>Its median without what it takes at no delay, in delays; null at no delay.</summary>
    public required double? OneWayDelays { get; init; }

    /// <summary>
    /// Throughput over that without delay, by rounds; 1 at no delay. Messages pass the same proxies there.
    /// </summary>
    public required double RatioLoopback { get; init; }

    /// <summary>Interval of it.</summary>
    public required MedianInterval RatioLoopbackInterval { get; init; }

    /// <summary>The load with many transactions under way.</summary>
    [Flat]
    public required LoadPoint Load { get; init; }

    /// <summary>
    /// Medians over rounds. <paramref name="loopback"/> holds the same rounds without delay.
    /// </summary>
    public static WanPoint Of(int delayMs, IReadOnlyList<WanFigures> rounds, IReadOnlyList<WanFigures> loopback)
    {
        LatencyMs one = LatencyOf(rounds);
        MedianInterval ratio = MedianInterval.Of(rounds.Zip(loopback)
            .Where(pair => pair.Second.Many.Run.TxPerS > 0)
            .Select(pair => Math.Round(
                pair.First.Many.Run.TxPerS / pair.Second.Many.Run.TxPerS, RunFigures.Decimals)));
        return new WanPoint
        {
            DelayMs = delayMs,
            OneClientLatencyMs = one,
            OneClientP50Interval = MedianInterval.Of(rounds.Select(round => round.OneClient.Run.LatencyMs.P50)),
            OneWayDelays = delayMs == 0 ? null : Math.Round((one.P50 - LatencyOf(loopback).P50) / delayMs, 3),
            RatioLoopback = ratio.Median,
            RatioLoopbackInterval = ratio,
            Load = LoadPoint.Of(LoadShape.Single(LoadPlace.Leader), [.. rounds.Select(round => round.Many)]),
        };
    }

    private static LatencyMs LatencyOf(IReadOnlyList<WanFigures> rounds) =>
        LatencyMs.MediansOf([.. rounds.Select(round => round.OneClient.Run.LatencyMs)]);
}
