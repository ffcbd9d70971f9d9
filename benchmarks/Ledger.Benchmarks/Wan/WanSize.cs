using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Wan;

/// <summary>Where the nodes were, and what a single client and the comparison with none say.</summary>
/// <param name="DelayMs">One-way delay between any two nodes.</param>
/// <param name="OneClientLatencyMs">Latency of one transaction at a time, the client beside the leader.</param>
/// <param name="OneClientP50Interval">Interval of its median.</param>
/// <param name="OneWayDelays">Its median without what it takes at no delay, in delays; null at no delay.</param>
/// <param name="RatioLoopback">
/// Throughput over that without delay, by rounds; 1 at no delay. Messages pass the same proxies there.
/// </param>
/// <param name="RatioLoopbackInterval">Interval of it.</param>
public sealed record WanSize(
    int DelayMs,
    LatencyMs OneClientLatencyMs,
    MedianInterval OneClientP50Interval,
    double? OneWayDelays,
    double RatioLoopback,
    MedianInterval RatioLoopbackInterval);
