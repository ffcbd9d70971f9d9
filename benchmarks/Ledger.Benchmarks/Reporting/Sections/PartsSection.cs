namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>What the parts cost alone.</summary>
internal static class PartsSection
{
    internal static ReportSection Of(ResultFiles files) => new(
        "Parts of a node, each alone",
        [.. files.Of("parts").Where(result => result.Figures.List("parts").Any()).Select(result => new DataTable(
            "parts", $"BenchmarkDotNet in one process, {result.Source}; the error is half of the 99.9 % interval of "
            + "the mean.",
            ["part", "operation", "with", "mean (us)", "error (us)", "median (us)", "allocated (bytes)"],
            [.. result.Figures.List("parts").Select(part => (IReadOnlyList<object?>)
            [
                part.Text("part"), part.Text("operation"), part.Text("parameters"), part.Number("mean_us"),
                part.Number("error_us"), part.Number("median_us"), part.Number("allocated_bytes"),
            ])]))]);
}
