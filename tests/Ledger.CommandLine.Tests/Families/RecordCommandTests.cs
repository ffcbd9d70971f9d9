using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.CommandLine.Tests.Nodes;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>Looking at the node's store, importing, exporting, links.</summary>
public sealed class RecordCommandTests
{
    private const string Viewed = "http://id.tincanapi.com/verb/viewed";

    private CommandBench bench = null!;

    private FakeRecords Records => bench.Node.Records;

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        Records.Records.AddRange(Enumerable.Range(1, 3).Select(static number => new FoundRecord
        {
            Number = (ulong)number, Id = $"id-{number}", Type = "xapi", Account = "https://moodle.example|a,b",
            Verb = number == 3 ? "https://example.org/new" : Viewed, TimeUnixMs = 1_790_000_000_000,
            StoredUnixMs = 1_790_000_001_000, Authority = "link:campus", State = "stored",
            Content = ByteString.CopyFromUtf8($$"""{"id":"id-{{number}}"}"""),
        }));
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task A_list_takes_filters_and_says_when_there_is_more()
    {
        string list = await bench.DoneAsync(
            "north", "record", "list", "--type", "xapi", "--account", "https://moodle.example|a,b", "--verb", "0x48a",
            "--since", "2026-09-01", "--until", "2026-09-30", "--limit", "2");
        RecordSearch search = Records.Searches.Single();
        Assert.Multiple(() =>
        {
            Assert.That(list, Does.Contain("id-1").And.Contain("viewed 0x48a").And.Contain("There are more"));
            Assert.That(search.Verb, Is.EqualTo(Viewed));
            Assert.That((search.Type, search.Limit, search.WithContent), Is.EqualTo(("xapi", 2, false)));
            Assert.That(search.SinceUnixMs, Is.EqualTo(1_788_220_799_999), "the last moment before the day");
            Assert.That(search.UntilUnixMs, Is.EqualTo(1_790_812_800_000), "the end of the day");
        });
    }

    [Test]
    public async Task A_receipt_is_written_for_its_owner_alone_and_an_unknown_record_writes_nothing()
    {
        string file = bench.In("intake.proof");
        string said = await bench.DoneAsync("north", "record", "receipt", "id-1", "--out", file);
        Assert.Multiple(() =>
        {
            Assert.That(
                Ledger.Contracts.Protos.ProofFile.Parser.ParseFrom(File.ReadAllBytes(file)).Intake.Body.Length,
                Is.EqualTo(1));
            Assert.That(said, Does.Contain($"ledger verify {file}"));
        });
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        CommandRun unknown = await bench.RunAsync("north", "record", "receipt", "id-9", "--out", bench.In("none"));
        Assert.That(unknown.Code, Is.Not.Zero);
        Assert.That(File.Exists(bench.In("none")), Is.False);
    }

    [Test]
    public async Task A_record_is_shown_with_its_content_and_an_unknown_one_is_refused()
    {
        JsonElement shown = await bench.JsonAsync("north", "record", "show", "id-3");
        CommandRun unknown = await bench.RunAsync("north", "record", "show", "id-9");
        Assert.Multiple(() =>
        {
            Assert.That(shown.GetProperty("iri").GetString(), Is.EqualTo("https://example.org/new"));
            Assert.That(shown.GetProperty("record").GetString(), Is.EqualTo("{\"id\":\"id-3\"}"));
            Assert.That(unknown.Code, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Counts_of_several_calls_are_added_up()
    {
        JsonElement stats = await bench.JsonAsync("north", "record", "stats", "--by", "verb");
        Assert.Multiple(() =>
        {
            Assert.That(stats.GetProperty("records").GetInt32(), Is.EqualTo(3));
            Assert.That(stats.GetProperty("counts")[0].GetProperty("verb").GetString(), Is.EqualTo("viewed 0x48a"));
            Assert.That(stats.GetProperty("counts")[0].GetProperty("records").GetInt32(), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task An_export_writes_all_pages_as_lines_or_as_a_table_for_its_owner_alone()
    {
        string lines = bench.In("out.jsonl");
        string table = bench.In("out.csv");
        await bench.DoneAsync("north", "record", "export", "--out", lines);
        await bench.DoneAsync("north", "record", "export", "--out", table, "--format", "csv");
        CommandRun again = await bench.RunAsync("north", "record", "export", "--out", lines);
        Assert.Multiple(() =>
        {
            Assert.That(
                File.ReadAllLines(lines),
                Is.EqualTo(new[] { "{\"id\":\"id-1\"}", "{\"id\":\"id-2\"}", "{\"id\":\"id-3\"}" }));
            Assert.That(File.ReadAllLines(table), Has.Length.EqualTo(4));
            Assert.That(
                File.ReadAllLines(table)[1],
                Does.StartWith("1,id-1,xapi,\"https://moodle.example|a,b\",")
                    .And.EndWith("\"{\"\"id\"\":\"\"id-1\"\"}\""));
            Assert.That(again.Code, Is.EqualTo(2), "a file that is there is not overwritten");
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(
                    File.GetUnixFileMode(lines), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        });
    }

    [Test]
    public async Task An_import_sends_lines_with_their_numbers_and_reports_what_is_refused()
    {
        string file = bench.Write("in.jsonl", "{\"a\":1}\n\nno json\n{\"b\":2}\n");
        string report = bench.In("refused.csv");
        CommandRun run = await bench.RunAsync("north", "record", "import", file, "--report", report);
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(1), run.Error);
            Assert.That(run.Output, Does.Contain("json.syntax"));
            Assert.That(Records.Lines.Select(line => line.Number), Is.EqualTo(new ulong[] { 1, 3, 4 }));
            Assert.That(
                File.ReadAllLines(report), Is.EqualTo(new[] { "line,path,rule,why", "3,,json.syntax,No JSON." }));
        });
    }

    [Test]
    public async Task A_line_that_is_no_text_is_refused_by_its_number_and_the_report_is_for_its_owner_alone()
    {
        string file = bench.In("bytes.jsonl");
        byte[] tooLong = [.. "{\"c\":\""u8, .. Enumerable.Repeat((byte)'x', 300 * 1024), .. "\"}"u8];
        File.WriteAllBytes(
            file,
            [
                .. "\uFEFF{\"a\":1}\r\n"u8, .. "{\"b\":\""u8, 0xC3, 0x28, .. "\"}\n"u8, .. tooLong, .. "\n{\"d\":4}"u8,
            ]);
        string report = bench.In("refused.csv");
        CommandRun run = await bench.RunAsync("north", "record", "import", file, "--report", report);
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(1), run.Error);
            Assert.That(Records.Lines.Select(line => line.Number), Is.EqualTo(new ulong[] { 1, 4 }));
            Assert.That(Records.Lines[0].Json.ToStringUtf8(), Is.EqualTo("{\"a\":1}"));
            Assert.That(
                File.ReadAllLines(report).Skip(1).Select(line => string.Join(',', line.Split(',')[..3])),
                Is.EqualTo(new[] { "2,,json.utf8", "3,,json.size" }));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(
                    File.GetUnixFileMode(report), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        });
    }

    [Test]
    public async Task Links_are_shown_with_their_last_error_and_a_failing_one_is_exit_code_five()
    {
        Records.Links.Add(new LinkView { Name = "campus", Kind = "pull-xapi", State = "working", LastError = "old" });
        string working = await bench.DoneAsync("north", "record", "links");
        Records.Links.Add(new LinkView
        {
            Name = "other", Kind = "forward-xapi", State = "open", FailingSinceUnixMs = 1_790_000_000_000,
            LastError = "The other store cannot be reached.",
        });
        CommandRun failing = await bench.RunAsync("north", "record", "links", "--json");
        JsonElement link = JsonDocument.Parse(failing.Output).RootElement.GetProperty("links")[1];
        Assert.Multiple(() =>
        {
            Assert.That(working, Does.Contain("campus").And.Not.Contain("old"));
            Assert.That(failing.Code, Is.EqualTo(5));
            Assert.That(link.GetProperty("failingSince").GetString(), Does.StartWith("2026-09-21T"));
            Assert.That(link.GetProperty("lastError").GetString(), Does.Contain("cannot be reached"));
        });
    }

    [Test]
    public async Task What_a_link_could_not_move_is_listed_and_written_a_record_a_line()
    {
        string file = bench.In("refused.jsonl");
        string list = await bench.DoneAsync("north", "record", "refused", "campus", "--out", file);
        Assert.That(list, Does.Contain("required"));
        Assert.That(File.ReadAllLines(file), Is.EqualTo(new[] { "{ }" }));
    }
}
