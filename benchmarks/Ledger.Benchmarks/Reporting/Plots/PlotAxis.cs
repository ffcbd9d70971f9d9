namespace Ledger.Benchmarks.Reporting.Plots;

/// <summary>An axis.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Unit">Its unit; empty for a count.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios; else it begins at 0.</param>
public sealed record PlotAxis(string Name, string Unit, bool IsLogarithmic)
{
    /// <summary>What stands beside it.</summary>
    public string Title => Unit.Length == 0 ? Name : $"{Name} ({Unit})";
}
