using Ledger.Workload;

namespace Ledger.Benchmarks.Reporting;

/// <summary>A table that is too long for the page: a sentence, with a link to the file beside it.</summary>
/// <param name="Name">Its file's name, without ending.</param>
/// <param name="Caption">What it holds, with its source.</param>
/// <param name="Columns">Heads, with units.</param>
/// <param name="Rows">Values.</param>
public sealed record AttachedTable(
    string Name, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
    : IReportItem
{
    /// <inheritdoc/>
    public void Write(HtmlText html, ReportData data)
    {
        string link = data.Add(Name, [CsvLine.Of(Columns), .. Rows.Select(row => CsvLine.Of(row))]);
        html.Open("p").Text(Caption + " ").Link(link, "CSV").Close("p");
    }
}
