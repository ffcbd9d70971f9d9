namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>The whole population.</summary>
internal static class PopulationSection
{
    internal static ReportSection Of(ResultFiles files)
    {
        ResultFile[] runs = [.. files.Of("population").Where(run => run.Figures["elapsed_s"] is not null)];
        return new ReportSection("The whole population", runs.Length == 0 ? [] : [Table(runs), Stated(runs)]);
    }

    private static DataTable Table(ResultFile[] runs) => new(
        "population",
        "From prepared commitments to certified and indexed on four nodes; the stores' intake over HTTP apart.",
        ["run", "records", "contracts made", "transactions", "blocks", "elapsed (s)", "records (1/s)",
            "CPU (us a record and validator)", "memory of the largest (MB)", "intake (records/s)",
            "contracts read, right"],
        [.. runs.Select(run => (IReadOnlyList<object?>)
        [
            run.Name, run.Figures.Number("records"), run.Figures.Number("contracts"),
            run.Figures.Number("transactions"),
            run.Figures.Number("blocks"), run.Figures.Number("elapsed_s"), run.Figures.Number(Fields.RecordsPerS),
            run.Figures.Number("cpu_us_per_record_and_validator"), run.Figures.Number("rss_mb"),
            run.Figures.Number("intake", Fields.RecordsPerS),
            $"{run.Figures.Text("contracts_read")}, {run.Figures.Text("contracts_right")}",
        ])]);

    private static Paragraph Stated(ResultFile[] runs) => new(
        $"Arrival: {runs[0].Figures.Text("arrival")}. Signing: {runs[0].Figures.Text("signing")}.");
}
