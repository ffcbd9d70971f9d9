using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>The counterpart of the paper's Figure 7: what agreement on a block takes at each height.</summary>
internal static class AgreementSection
{
    private static readonly PlotAxis Height = new("height", "block", IsLogarithmic: false);

    private static readonly (string Field, string Name, string Unit)[] Plotted =
    [
        ("messages", "messages of all nodes for a block", string.Empty),
        ("signatures", "signatures of a certificate", string.Empty),
        ("view", "view of a block", string.Empty),
        ("time_ms", "time from hand-in to decision", "ms"),
    ];

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("costs"))
        {
            JsonObject[] blocks = [.. result.Figures.List("agreement")];
            if (blocks.Length > 0)
            {
                items.Add(new Paragraph(
                    "The paper's Figure 7 shows the difficulty of its proof of work, which wanders with the "
                    + "computing power that is spent. Here nodes agree by signed votes; the plots show whether "
                    + "what a block takes depends on its height."));
                items.AddRange(Plotted.Select(plot => Plot(result, blocks, plot)));
            }
        }

        return new ReportSection("Agreement at every height (counterpart of the paper's Figure 7)", items);
    }

    private static Figure Plot(ResultFile result, JsonObject[] blocks, (string Field, string Name, string Unit) plot)
    {
        (double Height, double Value)[] points = [.. blocks
            .Select(block => (block.Number("height"), block.Number(plot.Field)))
            .Where(point => point.Item1 is not null && point.Item2 is not null)
            .Select(point => (point.Item1!.Value, point.Item2!.Value))];
        return new Figure(
            "agreement-" + plot.Field.Replace('_', '-'),
            $"{Fields.Sentence(plot.Name)}; blocks of one transaction, four validators, {result.Source}.",
            PlotSvg.Dots(Height, new PlotAxis(plot.Name, plot.Unit, false), [new PlotPoints(plot.Name, points)]),
            ["height", plot.Field],
            [.. points.Select(point => (IReadOnlyList<object?>)[point.Height, point.Value])]);
    }
}
