using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;
using Ledger.Workload;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>The paper's Table 6, and Figure 6: what is written.</summary>
internal static class DataSection
{
    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [Data(files)];
        foreach (ResultFile replay in files.Of("replay"))
        {
            // The first replay is the paper's plan; a second one differs in seven operations.
            if (replay.Figures.List(Fields.Points).FirstOrDefault()?["operations_by_kind"] is JsonObject kinds)
            {
                items.Add(Operations(replay, kinds));
            }
        }

        return new ReportSection("Data and operations (the paper's Table 6 and Figure 6)", items);
    }

    private static DataTable Data(ResultFiles files)
    {
        List<IReadOnlyList<object?>> rows =
        [
            Row("population, the paper", PaperFigures.PopulationStudents, PaperFigures.PopulationRecords, null),
            Row("sample, the paper", PaperFigures.SampleStudents, PaperFigures.SampleRecords, PaperFigures.Operations),
        ];
        rows.AddRange(files.Of("population").Concat(files.Of("replay")).Select(result => Row(
            $"{result.Kind}, {result.Name}",
            result.Figures.Number("learners"), result.Figures.Number("records"),
            result.Figures.Number("operations"))));
        return new DataTable(
            "data", "Table 6: students and records; and contract operations, one transaction each in the paper. "
            + "The paper's data are not public: the records here are synthetic, with its totals.",
            ["data", "students", "records", "operations"], rows);
    }

    private static Figure Operations(ResultFile replay, JsonObject counted)
    {
        (string Kind, double Count)[] kinds =
            [.. counted.Select(kind => (kind.Key, kind.Value!.GetValue<double>()))];
        return new Figure(
            "operations-by-kind",
            $"Figure 6: operations by kind, {replay.Source}. The paper gives the total of 3,104 and 1,000 for "
            + "indexing; the other kinds are this program's plan.",
            PlotSvg.Bars(new PlotAxis("operations", string.Empty, false), kinds),
            ["kind", "operations"],
            [.. kinds.Select(kind => (IReadOnlyList<object?>)[kind.Kind, kind.Count])]);
    }

    private static IReadOnlyList<object?> Row(string data, double? students, double? records, double? operations) =>
        [data, students, records, operations];
}
