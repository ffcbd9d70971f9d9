namespace Ledger.Benchmarks.Reporting;

/// <summary>A section of a report.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Items">What stands in it; a section without any is left out.</param>
public sealed record ReportSection(string Title, IReadOnlyList<IReportItem> Items);
