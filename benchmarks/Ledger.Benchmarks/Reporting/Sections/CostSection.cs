using System.Text.Json.Nodes;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>The paper's Table 7, and its four kinds of cost.</summary>
internal static class CostSection
{
    private const double LlpcGas = 1_814_374;
    private const double IndexGas = 1_030_138;

    // Whom the paper's process has do what, in its words for kinds of cost.
    private static readonly (string Kind, string[] Calls, string What)[] Kinds =
    [
        ("intermediate", ["UicCreate", "Enrol"], "a learner's index and enrolment: two transactions"),
        ("write", ["LlpcCreate", "PicInsert", "UicInsert", "LlpcInsert"],
            "the first record of a learner and verb: contract, both index entries, record: four transactions"),
        ("update", ["LlpcInsert"], "each further record: one transaction"),
        ("access", ["LlpcGrant"], "the right to read, given: one transaction; a read needs none"),
    ];

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("costs"))
        {
            JsonObject[] costs = [.. result.Figures.List("costs")];
            if (costs.Length > 0)
            {
                items.Add(Contracts(result, costs));
                items.Add(FourKinds(result, costs));
            }
        }

        items.AddRange(files.Of("read").Select(Reads));
        return new ReportSection("Costs of contracts (the paper's Table 7) and its four kinds of cost", items);
    }

    private static DataTable Contracts(ResultFile result, JsonObject[] costs) => new(
        "table-7",
        $"Table 7: creating and updating contracts, one call a transaction, {result.Source}. Work units are the "
        + "ledger's own count and the same on every machine; processor time is of one node, in blocks of 500 "
        + "calls. Gas is the paper's, of its Ethereum contracts; no gas was replayed here, and where the paper's "
        + "text gives none there is none.",
        ["call", "contract", "effect", "transaction (bytes)", "work units", "check form and signatures (us CPU)",
            "apply (us CPU)", "gas in the paper"],
        [.. costs.Select(cost => (IReadOnlyList<object?>)
        [
            cost.Text("kind"), cost.Text("contract"), cost.Text("effect"), cost.Number("transaction_bytes"),
            cost.Number("work_units"), cost.Number("check_cpu_us"), cost.Number("apply_cpu_us"), GasOf(cost),
        ])]);

    private static double? GasOf(JsonObject cost) => cost.Text("effect") != "create"
        ? null
        : cost.Text("contract") == "LLPC" ? LlpcGas : IndexGas;

    private static DataTable FourKinds(ResultFile result, JsonObject[] costs)
    {
        double? Sum(string[] calls, string figure) => calls.Sum(call =>
            costs.FirstOrDefault(cost => cost.Text("kind") == call).Number(figure));
        return new DataTable(
            "four-kinds",
            $"The paper's four kinds of cost, added up from the calls above, {result.Source}.",
            ["kind", "what", "transactions", "bytes", "work units", "CPU of one node (us)"],
            [.. Kinds.Select(kind => (IReadOnlyList<object?>)
            [
                kind.Kind, kind.What, (double)kind.Calls.Length, Sum(kind.Calls, "transaction_bytes"),
                Sum(kind.Calls, "work_units"), Sum(kind.Calls, "check_cpu_us") + Sum(kind.Calls, "apply_cpu_us"),
            ])]);
    }

    private static DataTable Reads(ResultFile result) => new(
        "reads",
        "Access: reads with proof by id at one node, against the bare web server with TLS and equal bytes, "
        + $"{result.Source}.",
        [Fields.Clients, "reads (1/s)", "p50 (ms)", "p99 (ms)", "CPU (ms)", "answer (bytes)", "web server (1/s)",
            "ratio"],
        [.. result.Figures.List(Fields.Points).Select(point => (IReadOnlyList<object?>)
        [
            point.Number(Fields.Clients), point.Number("reads_per_s"), point.Number(Fields.LatencyMs, "p50"),
            point.Number(Fields.LatencyMs, "p99"), point.Number("cpu_ms_per_read"), point.Number("answer_bytes"),
            point.Number("kestrel_per_s"), point.Number("ratio_kestrel"),
        ])]);
}
