using System.Text.Json.Nodes;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Wan;

/// <summary>One delay at one size of the consortium.</summary>
/// <param name="Size">The delay and what is compared.</param>
/// <param name="Load">The load with many transactions under way.</param>
public sealed record WanPoint(WanSize Size, LoadPoint Load)
{
    /// <summary>Both as one object.</summary>
    public JsonObject ToJson() => ReportFile.Join(Size, Load);

    /// <summary>
    /// Medians over rounds. <paramref name="loopback"/> holds the same rounds without delay.
    /// </summary>
    public static WanPoint Of(
        int delayMs, LoadOptions options, IReadOnlyList<WanFigures> rounds, IReadOnlyList<WanFigures> loopback)
    {
        LatencyMs one = LatencyOf(rounds);
        MedianInterval ratio = MedianInterval.Of(rounds.Zip(loopback)
            .Where(pair => pair.Second.Many.TxPerS > 0)
            .Select(pair => Math.Round(pair.First.Many.TxPerS / pair.Second.Many.TxPerS, 4)));
        return new WanPoint(
            new WanSize(
                delayMs,
                one,
                MedianInterval.Of(rounds.Select(round => round.OneClient.LatencyMs.P50)),
                delayMs == 0 ? null : Math.Round((one.P50 - LatencyOf(loopback).P50) / delayMs, 3),
                ratio.Median,
                ratio),
            LoadPoint.Of(options, options.Clients[0], [.. rounds.Select(round => round.Many)]));
    }

    private static LatencyMs LatencyOf(IReadOnlyList<WanFigures> rounds)
    {
        double Median(Func<LatencyMs, double> part) =>
            Math.Round(MedianInterval.Of(rounds.Select(round => part(round.OneClient.LatencyMs))).Median, 3);
        return new LatencyMs(
            Median(latency => latency.P50), Median(latency => latency.P95), Median(latency => latency.P99),
            rounds.Max(round => round.OneClient.LatencyMs.Max));
    }
}
