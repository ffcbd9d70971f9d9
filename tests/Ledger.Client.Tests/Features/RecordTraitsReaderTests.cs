using System.Text;
using Ledger.Client.Features;
using Ledger.Client.Records;

namespace Ledger.Client.Tests.Features;

/// <summary>What features are made of, read out of records of both standards.</summary>
public sealed class RecordTraitsReaderTests
{
    [Test]
    public void A_statement_says_activity_time_score_success_and_skills()
    {
        RecordTraits read = Statement(
            """
            "object":{"id":"urn:quiz"},"result":{"score":{"raw":7,"min":2,"max":12},"success":true},
            "context":{"contextActivities":{"other":[
              {"id":"urn:fractions","definition":{"type":"http://adlnet.gov/expapi/activities/objective"}},
              {"id":"urn:course","definition":{"type":"http://adlnet.gov/expapi/activities/course"}}]}}
            """);
        Assert.That(read.Activity, Is.EqualTo("urn:quiz"));
        Assert.That(
            read.EventUnixMs,
            Is.EqualTo(new DateTimeOffset(2024, 5, 1, 8, 0, 0, default).ToUnixTimeMilliseconds()));
        Assert.That((read.Band, read.Success), Is.EqualTo(((int?)5, (bool?)true)));
        Assert.That(read.Skills, Is.EqualTo(new[] { "urn:fractions" }));
    }

    [Test]
    public void An_event_says_activity_score_and_learning_objectives()
    {
        RecordTraits read = RecordTraitsReader.Read(RecordType.CaliperEvent, Encoding.UTF8.GetBytes(
            """
            {"id":"urn:uuid:1","eventTime":"2024-05-01T10:00:00.000Z",
             "object":{"id":"urn:item","learningObjectives":["urn:a",{"id":"urn:b"}]},
             "generated":{"type":"Score","scoreGiven":9,"maxScore":10}}
            """));
        Assert.That((read.Activity, read.Band, read.Success), Is.EqualTo(("urn:item", (int?)9, (bool?)null)));
        Assert.That(read.Skills, Is.EqualTo(new[] { "urn:a", "urn:b" }));
    }

    [TestCase("""{"scaled":1}""", 9, Description = "The end of the scale belongs to the last band.")]
    [TestCase("""{"scaled":0.1}""", 1)]
    [TestCase("""{"scaled":0.09999999999999999999}""", 0)]
    [TestCase("""{"scaled":-0.5}""", 0)]
    [TestCase("""{"raw":15,"max":10}""", 9)]
    [TestCase("""{"raw":15}""", null)]
    [TestCase("""{"raw":1,"min":5,"max":5}""", null)]
    [TestCase("""{"raw":1e300,"max":1e301}""", null, Description = "No mark is as large.")]
    [TestCase("""{"scaled":"0.5"}""", null)]
    public void A_score_lies_in_a_tenth_of_its_scale(string score, int? band) => Assert.That(
        Statement($$"""
            "object":{"id":"urn:quiz"},"result":{"score":{{score}}}
            """).Band,
        Is.EqualTo(band));

    [Test]
    public void What_is_about_no_activity_is_about_none() => Assert.That(
        Statement("""
            "object":{"objectType":"StatementRef","id":"00000000-0000-4000-8000-000000000002"}
            """).Activity,
        Is.Empty);

    [Test]
    public void A_time_without_a_date_is_none() => Assert.That(
        RecordTraitsReader.Read(
            RecordType.CaliperEvent,
            """{"id":"urn:uuid:1","eventTime":"10:00:00"}"""u8).EventUnixMs,
        Is.Null);

    private static RecordTraits Statement(string members) => RecordTraitsReader.Read(
        RecordType.XapiStatement,
        Encoding.UTF8.GetBytes($$"""
            {"id":"00000000-0000-4000-8000-000000000001","timestamp":"2024-05-01T10:00:00+02:00",{{members}}}
            """));
}
