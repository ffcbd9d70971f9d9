using System.Globalization;
using Ledger.Benchmarks.Running;
using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.Wan;

/// <summary>Figures of nodes that are far from each other, for people.</summary>
public static class WanText
{
    /// <summary>One round in one line.</summary>
    public static string LineOf(int round, WanPlace place, WanFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"round {round}, {place.Validators} validators, {place.DelayMs} ms one way: p50 of one client "
        + $"{figures.OneClient.Run.LatencyMs.P50:N1} ms; {figures.Many.Run.TxPerS:N0} tx/s with "
        + $"{figures.Many.Run.Clients:N0} under way");

    /// <summary>All points.</summary>
    public static void Write(IReadOnlyList<WanPoint> points) => FigureTable.Write(
        ["validators", "one way ms", "p50 of one ms", "in delays", "tx/s of many", "p50 ms", "of loopback"],
        [.. points.Select(static point => (string[])
        [
            Whole(point.Load.Run.Validators), Whole(point.DelayMs), Two(point.OneClientLatencyMs.P50),
            point.OneWayDelays is { } delays ? Two(delays) : "-", Whole(point.Load.Run.TxPerS),
            Two(point.Load.Run.LatencyMs.P50), Three(point.RatioLoopback),
        ])]);
}
