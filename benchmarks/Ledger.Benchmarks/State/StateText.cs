using System.Globalization;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.State;

/// <summary>Costs at several sizes of the state, for people.</summary>
public static class StateText
{
    /// <summary>All points, medians with their intervals.</summary>
    public static void Write(IReadOnlyList<StatePoint> points) => FigureTable.Write(
        ["records", "apply+commit us", "CPU us", "locator p99 us", "state p99 us", "cost ratio"],
        [.. points.Select(static point => (string[])
        [
            Whole(point.Records), Text(point.ApplyCommitUs), Text(point.CpuUs), Text(point.LocatorP99Us),
            Text(point.StateP99Us), Text(point.RatioApplyCommit),
        ])]);

    private static string Text(MedianInterval figure) => string.Create(
        CultureInfo.InvariantCulture, $"{figure.Median:N2} ({figure.Low:N2}-{figure.High:N2})");
}
