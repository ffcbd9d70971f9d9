using Ledger.Benchmarks.Reporting;

namespace Ledger.Benchmarks.Tests.Reporting;

/// <summary>A page is made of what there is, loads nothing, and refuses what is no result.</summary>
public sealed class ReportPageTests
{
    private const string Context = """
        "machine":{"cpu":"a processor","cores":2,"memory_mb":1000,"system":"a system","runtime":".NET"},
        "commit":"abc","seed":7,"started_utc":"2026-01-01T00:00:00Z","partial":false,
        """;

    private const string Latency = """ "latency_ms":{"p50":2,"p95":3,"p99":4,"max":9} """;

    private string folder = string.Empty;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("report-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_page_has_the_papers_tables_and_figures_and_loads_nothing()
    {
        string page = Path.Combine(folder, "page.html");
        IReadOnlyList<string> sections = ReportPage.Write(page, ResultFiles.Read(
        [
            Write("replay.json", $$$"""
                {{{{Context}}} "command":"./ledger bench replay","records":500,"learners":291,"operations":3104,
                "points":[
                {"nodes":"warm","operations":3104,"operations_by_kind":{"PicCreate":5,"LlpcInsert":500},
                "wait_ms":{"mean":900,"p50":800,"p95":1500}}]}
                """),
            Write("costs.json", $$$"""
                {{{{Context}}} "command":"./ledger bench costs","costs":[{"kind":"LlpcCreate","contract":"LLPC",
                "effect":"create","transaction_bytes":300,"work_units":90,"check_cpu_us":60,"apply_cpu_us":20}],
                "agreement":[{"height":5,"view":0,"signatures":3,"messages":27,"time_ms":4},
                {"height":6,"view":0,"signatures":3,"messages":27,"time_ms":5}]}
                """),
            Write("load.json", $$$"""
                {{{{Context}}} "command":"./ledger bench load","points":[
                {"clients":1,"tx_per_s":300,"limit_tx_per_s":5000,"rounds":3,{{{Latency}}}},
                {"clients":64,"tx_per_s":3000,"limit_tx_per_s":5000,"rounds":3,{{{Latency}}}}]}
                """),
            Write("peers.json", $$$"""
                {{{{Context}}} "command":"./ledger bench peers","payload_bytes":256,"rounds":1,"batch":256,
                "ratio_tx_per_s_etcd_c1":0.5,"points":[{"system":"etcd","clients":1,"tx_per_s":900,
                "records_per_s":900,{{{Latency}}}}]}
                """),
            Write("replay.csv",
                "nodes,operation,kind,transaction,released_ms,decided_ms\ncold,0,PicCreate,0,0,20.5\n"
                    + "warm,1,UicCreate,1,3,21\n"),
            Write("load.csv",
                "series,round,clients,client,phase,intended_us,latency_us,records,height,end\n"
                    + "ledger,1,4,0,measured,0,900,1,3,done\n"),
        ]));
        string text = File.ReadAllText(page);
        Assert.That(sections, Has.Some.Contains("Table 7").And.Some.Contains("Figure 7").And.Some.Contains("Figure 8"));
        Assert.That(text, Does.Contain("1,814,374").And.Contain("<svg").And.Contain("27").And.Contain("abc"));
        Assert.That(text, Does.Not.Contain("src=").And.Not.Contain("href=\"http").And.Not.Contain("<script"));
        Assert.That(Ids(text), Is.Not.Empty.And.Unique, "a plot is cut off at its own area");
        Assert.That(text, Does.Contain("commit abc, seed 7, a processor with 2 cores"), "captions name their run");
        foreach (string link in Links(text))
        {
            Assert.That(File.Exists(Path.Combine(folder, link)), link);
        }
    }

    [Test]
    public void An_interrupted_run_says_so()
    {
        string file = Write("replay.json", $$$"""
            {{{{Context.Replace("false", "true", StringComparison.Ordinal)}}} "command":"./ledger bench replay"}
            """);
        string page = Path.Combine(folder, "page.html");
        ReportPage.Write(page, ResultFiles.Read([file]));
        Assert.That(File.ReadAllText(page), Does.Contain("interrupted"));
    }

    [TestCase("no.json", null, "There is no file")]
    [TestCase("a.json", "[]", "is not a result")]
    [TestCase("a.json", "{", "is not a result")]
    [TestCase("a.json", "{}", "does not name the command")]
    [TestCase("a.json", "{\"command\":\"rm\"}", "by no command of bench")]
    [TestCase("a.csv", "", "is empty")]
    [TestCase("a.csv", "a,b\n1\n", "expected 2 values")]
    public void What_is_no_result_is_refused(string name, string? content, string message)
    {
        string file = content is null ? Path.Combine(folder, name) : Write(name, content);
        Assert.That(() => ResultFiles.Read([file]), Throws.TypeOf<BenchmarkException>().With.Message.Contains(message));
    }

    private string Write(string name, string content)
    {
        string file = Path.Combine(folder, name);
        File.WriteAllText(file, content);
        return file;
    }

    private static IEnumerable<string> Ids(string text) => text.Split(" id=\"").Skip(1)
        .Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]);

    private static IEnumerable<string> Links(string text) => text.Split("href=\"").Skip(1)
        .Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]);
}
