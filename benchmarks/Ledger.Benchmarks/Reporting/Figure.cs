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
    /// <summary>How the areas are called that a plot is cut off at.</summary>
    private const string Area = "clipPath";

    /// <inheritdoc/>
    public void Write(HtmlText html, ReportData data)
    {
        string link = data.Add(Name, [CsvLine.Of(Columns), .. Rows.Select(row => CsvLine.Of(row))]);
        html.Open("figure").Markup(Own(Svg, Path.GetFileNameWithoutExtension(link)));
        html.Open("figcaption").Text(Caption + " ").Link(link, "CSV").Close("figcaption").Close("figure");
    }

    // Names hold for the whole page: two plots with areas of one name would be cut off at that of the first.
    private static string Own(string svg, string name) => svg
        .Replace($"id=\"{Area}", $"id=\"{name}-{Area}", StringComparison.Ordinal)
        .Replace($"url(#{Area}", $"url(#{name}-{Area}", StringComparison.Ordinal);
}
