using Ledger.Benchmarks.Reporting.Sections;

namespace Ledger.Benchmarks.Reporting;

/// <summary>One page that loads nothing, with its figures as files beside it.</summary>
public static class ReportPage
{
    private const string Title = "LearningLedger: measurements";

    private const string Style = """
        body{font:15px/1.5 sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#111}
        h1,h2{line-height:1.2}h2{margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}
        figure{margin:1.5rem 0;overflow-x:auto}figcaption{color:#444;font-size:.9em;max-width:50rem}
        table{border-collapse:collapse}
        td,th{padding:.2rem .6rem;border-bottom:1px solid #ddd;text-align:right;font-weight:400}
        thead th{border-bottom:2px solid #888;font-weight:600;vertical-align:bottom}
        tbody th,thead th:first-child,thead th.text{text-align:left}svg{max-width:100%;height:auto}
        """;

    /// <summary>Writes the page and the files beside it; answers the titles of its sections.</summary>
    public static IReadOnlyList<string> Write(string file, ResultFiles files)
    {
        ReportSection[] sections = [.. SectionsOf(files).Where(section => section.Items.Count > 0)];
        ReportData data = new(file);
        HtmlText html = new();
        html.Markup("<!DOCTYPE html>\n<html lang=\"en\">").Open("head").Markup("<meta charset=\"utf-8\">")
            .Element("title", Title).Open("style").Markup(Style).Close("style").Close("head")
            .Open("body").Element("h1", Title);
        foreach (ReportSection section in sections)
        {
            html.Open("section").Element("h2", section.Title);
            foreach (IReportItem item in section.Items)
            {
                item.Write(html, data);
            }

            html.Close("section");
        }

        html.Close("body").Close("html");
        data.Write();
        File.WriteAllText(file, html.ToString());
        return [.. sections.Select(section => section.Title)];
    }

    private static IEnumerable<ReportSection> SectionsOf(ResultFiles files) =>
    [
        ProvenanceSection.Of(files), DataSection.Of(files), CostSection.Of(files), AgreementSection.Of(files),
        WaitSection.Of(files), LoadSection.Of(files), PopulationSection.Of(files), ScaleSection.Of(files),
        StateSection.Of(files), DistanceSection.Of(files), LongRunSection.Of(files), PeersSection.Of(files),
        PartsSection.Of(files), ColdStartSection.Of(files),
    ];
}
