using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>What a packet of features is worth at a new school, on simulated students.</summary>
internal static class ColdStartSection
{
    private static readonly PlotAxis Weeks = new("weeks at the new school", string.Empty, false);
    private static readonly PlotAxis Accuracy = new("right predictions", "%", false);

    private static readonly (string Field, string Name)[] Uses =
    [
        ("with_packet", "with the packet"), ("without", "without"), ("shuffled", "another student's packet"),
        ("latent_known", "latent ability known"),
    ];

    private static readonly string[] Ends = ["low", "median", "high"];

    private static readonly string[] StudentFields =
    [
        "student", "school", "ability", "diligence", "sociability", "annotation", "tool_lean",
        "packet_success_share", "packet_mean_score", "later_success_share", "is_above_median",
    ];

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("coldstart"))
        {
            JsonObject[] points = [.. result.Figures.List(Fields.Points)];
            if (points.Length > 0)
            {
                items.Add(Method(result));
                items.Add(Plot(result, points));
                items.Add(Table(result, points));
                items.Add(Students(result));
            }
        }

        return new ReportSection("Cold start: a new school with and without a packet (simulated students)", items);
    }

    private static Paragraph Method(ResultFile result) => new(
        "All students here are simulated by the generator of docs/workload.md, whose latent traits are published with "
        + "them; no figure is of real learners. In each of "
        + $"{result.Figures.Number("rounds"):0} rounds East trains a logistic regression on its own students of the "
        + $"year before, and predicts of {result.Figures.Number("newcomers"):0} students who come from the three other "
        + "schools after the summer whether the rest of their year, after the weeks shown, has a larger share of right "
        + "answers and passed gradings than the median student of the year before. It sees six numbers of its own "
        + "records by then, and, with the packet, the same six of the features that the school before computed.");

    private static Figure Plot(ResultFile result, JsonObject[] points) => new(
        "coldstart-plot",
        "Right predictions by week, simulated students: medians over rounds, with the interval that holds the true "
        + $"median in {100 * points[0].Number("with_packet", "confidence"):0.#} % of such runs, {result.Source}.",
        PlotSvg.Bands(Weeks, Accuracy, [.. Uses.Select(use => new PlotBand(use.Name, [.. points.Select(point => (
            point.Number("week") ?? 0, Percent(point, use.Field, "low"), Percent(point, use.Field, "median"),
            Percent(point, use.Field, "high")))]))]),
        ["week", .. Uses.SelectMany(static use => Ends.Select(end => $"{use.Field}_{end} (%)"))],
        [.. points.Select(point => (IReadOnlyList<object?>)
        [
            point.Number("week"),
            .. Uses.SelectMany(use => Ends.Select(end => (object?)Percent(point, use.Field, end))),
        ])]);

    private static DataTable Table(ResultFile result, JsonObject[] points) => new(
        "coldstart",
        "Gain of the packet over the school's own records, round by round, and of another student's packet, which must "
        + $"be none; simulated students, {result.Source}.",
        ["weeks", "without (%)", "with the packet (%)", "gain (points)", "low", "high",
            "gain of another's packet (points)", "low", "high"],
        [.. points.Select(point => (IReadOnlyList<object?>)
        [
            point.Number("week"), Percent(point, "without", "median"), Percent(point, "with_packet", "median"),
            .. ((string[])["gain", "shuffled_gain"]).SelectMany(gain => (object?[])
            [
                Percent(point, gain, "median"), Percent(point, gain, "low"), Percent(point, gain, "high"),
            ]),
        ])]);

    private static AttachedTable Students(ResultFile result) => new(
        "coldstart-students",
        "The simulated newcomers of the first round, with the latent traits that their records were drawn from, two "
        + $"numbers of their packets, and how the rest of their year went, {result.Source}.",
        StudentFields,
        [.. result.Figures.List("students").Select(student =>
            (IReadOnlyList<object?>)[.. StudentFields.Select(field => (object?)student.Text(field))])]);

    private static double Percent(JsonObject point, string field, string end) =>
        Math.Round(100 * (point.Number(field, end) ?? 0), 2);
}
