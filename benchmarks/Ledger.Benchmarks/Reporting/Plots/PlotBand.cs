namespace Ledger.Benchmarks.Reporting.Plots;

/// <summary>A named line with a band around it.</summary>
/// <param name="Name">What they are; shown in the legend.</param>
/// <param name="Points">Middle of each place, with the lower and upper end of its interval.</param>
public sealed record PlotBand(string Name, IReadOnlyList<(double X, double Low, double Middle, double High)> Points);
