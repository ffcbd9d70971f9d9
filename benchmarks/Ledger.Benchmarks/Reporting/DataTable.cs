using System.Globalization;
using Ledger.Workload;

namespace Ledger.Benchmarks.Reporting;

/// <summary>A table of figures, with the same as a file beside the page.</summary>
/// <param name="Name">Its file's name, without ending.</param>
/// <param name="Caption">What it shows, with its source.</param>
/// <param name="Columns">Heads, with units.</param>
/// <param name="Rows">Values: texts and numbers; null where there is none.</param>
public sealed record DataTable(
    string Name, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
    : IReportItem
{
    private const string Absent = "–";

    /// <inheritdoc/>
    public void Write(HtmlText html, ReportData data)
    {
        html.Open("figure").Open("table").Open("thead").Open("tr");
        for (int column = 0; column < Columns.Count; column++)
        {
            // A head stands over its values: texts begin on the left, numbers end on the right.
            html.Open(IsText(column) ? "th class=\"text\"" : "th").Text(Columns[column]).Close("th");
        }

        html.Close("tr").Close("thead").Open("tbody");
        foreach (IReadOnlyList<object?> row in Rows)
        {
            html.Open("tr");
            foreach (object? value in row)
            {
                html.Element(value is string ? "th" : "td", Shown(value));
            }

            html.Close("tr");
        }

        html.Close("tbody").Close("table").Open("figcaption").Text(Caption + " ");
        html.Link(data.Add(Name, [CsvLine.Of(Columns), .. Rows.Select(row => CsvLine.Of(row))]), "CSV");
        html.Close("figcaption").Close("figure");
    }

    private bool IsText(int column) => Rows.Any(row => row[column] is string);

    // Four digits say what a figure is worth; whole numbers are shown whole.
    private static string Shown(object? value) => value switch
    {
        null => Absent,
        string text => text,
        double number when double.IsInteger(number) => number.ToString("N0", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) >= 1000 => number.ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? Absent,
    };
}
