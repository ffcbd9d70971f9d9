namespace Ledger.Benchmarks.Reporting;

/// <summary>Something that stands in a section of a report.</summary>
public interface IReportItem
{
    /// <summary>Writes it; <paramref name="data"/> takes in the table behind it and answers a link to that.</summary>
    void Write(HtmlText html, ReportData data);
}
