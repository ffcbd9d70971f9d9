using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.State;

/// <summary>Costs at several sizes of the state, for people.</summary>
public static class StateText
{
    /// <summary>All points, medians with their intervals.</summary>
    public static void Write(IReadOnlyList<StatePoint> points) => FigureTable.Write(
        ["records", "figure", "median", "from", "to"],
        [.. points.SelectMany(static point => (string[][])
        [
            Row(point, "apply and commit, us", point.ApplyCommitUs), Row(point, "processor time, us", point.CpuUs),
            Row(point, "of the first size", point.RatioCpu),
            Row(point, "locator p99, us", point.LocatorP99Us), Row(point, "state p99, us", point.StateP99Us),
        ])]);

    private static string[] Row(StatePoint point, string name, MedianInterval figure) =>
        [Whole(point.Records), name, Two(figure.Median), Two(figure.Low), Two(figure.High)];
}
