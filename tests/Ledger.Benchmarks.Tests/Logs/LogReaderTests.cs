using System.Text;
using Ledger.Benchmarks.Logs;
using Ledger.Client.Records;
using Ledger.Workload;

namespace Ledger.Benchmarks.Tests.Logs;

/// <summary>Good lines are read, bad ones refused with number and reason, and none is lost.</summary>
public sealed class LogReaderTests
{
    private const string Event = """
        {"@context":"http://purl.imsglobal.org/ctx/caliper/v1p2","id":"urn:uuid:3a648e68-f00d-4c08-aa59-8738e1884f2c",
        "type":"ViewEvent","actor":{"id":"https://reader.north.example/users/ann","type":"Person"},"action":"Viewed",
        "object":{"id":"https://reader.north.example/pages/1","type":"Document"},
        "eventTime":"2026-01-02T03:04:05.000Z"}
        """;

    [Test]
    public void Statements_and_events_are_told_apart_and_read()
    {
        LogReading reading = Read(Statement("mailto:ann@college.example"), OneLine(Event));
        Assert.That(reading.Refused, Is.Empty);
        Assert.That(reading.Records.Select(record => record.Type),
            Is.EqualTo(new[] { RecordType.XapiStatement, RecordType.CaliperEvent }));
        Assert.That(reading.Records[0].VerbIri, Is.EqualTo("http://verbs.example/danced"));
        Assert.That(reading.Records[1].VerbIri,
            Is.EqualTo("http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed"));
        Assert.That(reading.Records.Select(record => record.Host),
            Is.EqualTo(new[] { "college.example", "reader.north.example" }));
    }

    [Test]
    public void Every_line_of_the_population_can_be_replayed()
    {
        string[] lines = [.. new Population(7).Records().Take(3_000)
            .Select(record => Encoding.UTF8.GetString(record.ToJson()))];
        LogReading reading = Read(lines);
        Assert.That(reading.Refused, Is.Empty);
        Assert.That(reading.Records, Has.Count.EqualTo(lines.Length));
    }

    [TestCase("{\"not json", "json.syntax")]
    [TestCase("[]", "(")]
    [TestCase("17", "(")]
    [TestCase("{}", "(required)")]
    [TestCase("{\"verb\":{\"id\":\"http://verbs.example/danced\"}}", "/actor")]
    [TestCase("{\"action\":\"Viewed\"}", "@context")]
    [TestCase("{\"a\":1,\"a\":2}", "(")]
    [TestCase("\u00e9{}", "json")]
    public void A_bad_line_is_refused_with_its_number_and_the_others_are_read(string bad, string reason)
    {
        LogReading reading = Read(Statement("mailto:ann@a.example"), bad, Statement("mailto:bob@a.example"));
        Assert.That(reading.Records.Select(record => record.Line), Is.EqualTo(new[] { 1, 3 }));
        Assert.That(reading.Refused.Single().Line, Is.EqualTo(2));
        Assert.That(reading.Refused.Single().Reason, Does.Contain(reason));
    }

    [Test]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] log = [0xFF, 0xFE, 0x00, (byte)'\n', .. Encoding.UTF8.GetBytes(Statement("mailto:ann@a.example"))];
        LogReading reading = LogReader.Read(new MemoryStream(log), DateTimeOffset.UnixEpoch);
        Assert.That(reading.Refused.Single().Line, Is.EqualTo(1));
        Assert.That(reading.Records.Single().Line, Is.EqualTo(2));
    }

    [Test]
    public void A_line_that_is_too_long_is_refused()
    {
        LogReading reading = Read(new string(' ', LogLimits.LineBytesMax + 1), Statement("mailto:ann@a.example"));
        Assert.That(reading.Refused.Single(), Is.EqualTo(new RefusedLine(1, "longer than 262144 bytes")));
        Assert.That(reading.Records, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_record_that_comes_again_is_refused_and_says_which_it_repeats()
    {
        string other = Event.Replace("pages/1", "pages/2", StringComparison.Ordinal);
        LogReading reading = Read(OneLine(Event), OneLine(Event), OneLine(other));
        Assert.That(reading.Records, Has.Count.EqualTo(1));
        Assert.That(reading.Refused[0].Reason, Does.StartWith("the same record as in line 1"));
        Assert.That(reading.Refused[1].Reason, Does.StartWith("the id of line 1 with other content"));
    }

    [Test]
    public void An_anonymous_group_is_no_learner()
    {
        string group = """
            {"actor":{"objectType":"Group","member":[{"mbox":"mailto:ann@a.example"}]},
            "verb":{"id":"http://verbs.example/danced"},"object":{"id":"http://a.example/o"}}
            """;
        Assert.That(Read(OneLine(group)).Refused.Single().Reason, Does.Contain("anonymous group"));
    }

    [Test]
    public void Every_line_is_counted_once()
    {
        LogReading reading = Read("", " \t", "{", Statement("mailto:ann@a.example"), "");
        Assert.That(reading.BlankLines + reading.Records.Count + reading.Refused.Count, Is.EqualTo(reading.Lines));
        Assert.That(reading.Lines, Is.EqualTo(5));
    }

    private static string Statement(string mailbox) =>
        $$$"""{"actor":{"mbox":"{{{mailbox}}}"},"verb":{"id":"http://verbs.example/danced"},"""
        + """ "object":{"id":"http://a.example/o"}}""";

    private static string OneLine(string text) => text.ReplaceLineEndings(string.Empty);

    private static LogReading Read(params string[] lines) => LogReader.Read(
        new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))),
        DateTimeOffset.UnixEpoch);
}
