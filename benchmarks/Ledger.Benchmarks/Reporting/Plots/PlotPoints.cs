namespace Ledger.Benchmarks.Reporting.Plots;

/// <summary>A named sequence of points.</summary>
/// <param name="Name">What they are; shown in the legend.</param>
/// <param name="Points">The points.</param>
public sealed record PlotPoints(string Name, IReadOnlyList<(double X, double Y)> Points);
