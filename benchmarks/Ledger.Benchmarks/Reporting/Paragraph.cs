namespace Ledger.Benchmarks.Reporting;

/// <summary>Sentences.</summary>
/// <param name="Text">Plain text.</param>
public sealed record Paragraph(string Text) : IReportItem
{
    /// <inheritdoc/>
    public void Write(HtmlText html, ReportData data) => html.Element("p", Text);
}
