using System.Text.Json.Nodes;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>Where the figures come from: what a reader needs to cite and to repeat them.</summary>
internal static class ProvenanceSection
{
    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items =
        [
            new Paragraph(
                "Every figure comes from a file that a command of LearningLedger wrote; the command, with the seed "
                + "in it or beside it, repeats it. A run on one machine shares its processors among all nodes and "
                + "the load generator: it says what the software costs, and not what separate machines would reach."),
            new DataTable(
                "runs", "The runs behind this page.",
                ["file", "command", "commit", "seed", "began (UTC)", "whole"],
                [.. files.Results.Select(Row)]),
            new DataTable(
                "machine", "The machines.", ["file", "processor", "cores", "memory (MB)", "system", "runtime"],
                [.. files.Results.Select(Machine)]),
        ];
        string[] commits = [.. files.Results.Select(result => result.Figures.Text("commit") ?? "unknown").Distinct()];
        if (commits.Length > 1)
        {
            items.Add(new Paragraph(
                $"The runs are of {commits.Length} commits ({string.Join(", ", commits)}): compare them with care."));
        }

        if (commits.Any(commit => commit.EndsWith("-changed", StringComparison.Ordinal)))
        {
            items.Add(new Paragraph("A commit that ends in -changed was built from sources that differ from it."));
        }

        items.Add(new Paragraph(
            "To cite: the LearningLedger authors, \"LearningLedger: a permissioned consortium ledger for learning "
            + $"records\", commit {string.Join(", ", commits)}, MIT licence. Its design follows Ocheja, Flanagan, "
            + "Ueda, Ogata: \"Managing lifelong learning records through blockchain\", RPTEL 14:4 (2019), doi "
            + "10.1186/s41039-019-0097-0, which this page calls the paper."));
        return new ReportSection("Where the figures come from", items);
    }

    private static IReadOnlyList<object?> Row(ResultFile result) =>
    [
        result.Name,
        result.Figures.Text("command"),
        result.Figures.Text("commit"),
        result.Figures.Text("seed") ?? "none",
        result.Figures.Text("started_utc"),
        result.IsPartial ? "no: interrupted" : "yes",
    ];

    private static IReadOnlyList<object?> Machine(ResultFile result)
    {
        JsonNode? machine = result.Figures["machine"];
        return
        [
            result.Name, machine.Text("cpu"), machine.Number("cores"), machine.Number("memory_mb"),
            machine.Text("system"), machine.Text("runtime"),
        ];
    }
}
