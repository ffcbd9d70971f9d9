using Ledger.Workload;

namespace Ledger.Benchmarks.Reporting;

/// <summary>A plot, with its points as a file beside the page.</summary>
/// <param name="Name">Its file's name, without ending.</param>
/// <param name="Caption">What it shows, with its source.</param>
/// <param name="Svg">The plot.</param>
/// <param name="Columns">Heads of the file.</param>
/// <param name="Rows">Its points.</param>
public sealed record Figure(
    string Name, string Caption, string Svg, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
    : IReportItem
{
    /// <inheritdoc/>
    public void Write(HtmlText html, ReportData data)
    {
        html.Open("figure").Markup(Svg).Open("figcaption").Text(Caption + " ");
        html.Link(data.Add(Name, [CsvLine.Of(Columns), .. Rows.Select(row => CsvLine.Of(row))]), "CSV");
        html.Close("figcaption").Close("figure");
    }
}
