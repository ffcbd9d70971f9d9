using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ledger.Workload.Tests;

/// <summary>The JSON of records: one of every kind of event is rendered and checked.</summary>
[TestFixture]
public sealed class RecordJsonTests
{
    private const ulong Seed = 20190412;
    private static readonly LearningRecord[] OneOfEachKind =
        new Population(Seed).Records().DistinctBy(record => record.Kind.Index).ToArray();

    [Test]
    public void Statements_have_what_xAPI_demands()
    {
        foreach (LearningRecord record in OneOfEachKind.Where(record => record.Tool != LearningTool.Caliper))
        {
            using JsonDocument document = JsonDocument.Parse(record.ToJson());
            JsonElement statement = document.RootElement;
            JsonElement verb = statement.GetProperty("verb");
            JsonElement account = statement.GetProperty("actor").GetProperty("account");
            Assert.That(statement.GetProperty("id").GetGuid(), Is.EqualTo(record.Id));
            Assert.That(statement.GetProperty("actor").GetProperty("objectType").GetString(), Is.EqualTo("Agent"));
            Assert.That(IsIri(account.GetProperty("homePage")), Is.True);
            Assert.That(account.GetProperty("name").GetString(), Does.Match(record.Tool == LearningTool.Moodle
                ? "^[0-9a-f]{16}$"
                : "^[0-9a-f]{16}@[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
            Assert.That(verb.GetProperty("id").GetString(), Is.EqualTo(record.Verb.Iri));
            Assert.That(verb.GetProperty("display").GetProperty("en").GetString(), Is.Not.Empty);
            Assert.That(IsIri(statement.GetProperty("object").GetProperty("id")), Is.True);
            Assert.That(IsIri(statement.GetProperty("object").GetProperty("definition").GetProperty("type")), Is.True);
            AssertContext(statement.GetProperty("context"), record);
            AssertResult(statement, record);
            AssertTime(statement.GetProperty("timestamp"), record);
        }
    }

    [Test]
    public void Events_have_what_Caliper_demands()
    {
        foreach (LearningRecord record in OneOfEachKind.Where(record => record.Tool == LearningTool.Caliper))
        {
            using JsonDocument document = JsonDocument.Parse(record.ToJson());
            JsonElement item = document.RootElement;
            Assert.That(item.GetProperty("@context").GetString(),
                Is.EqualTo("http://purl.imsglobal.org/ctx/caliper/v1p2"));
            Assert.That(item.GetProperty("id").GetString(), Is.EqualTo($"urn:uuid:{record.Id:D}"));
            Assert.That(item.GetProperty("type").GetString(), Is.EqualTo(record.Kind.EventName));
            Assert.That(item.GetProperty("actor").GetProperty("type").GetString(), Is.EqualTo("Person"));
            Assert.That("http://purl.imsglobal.org/vocab/caliper/v1/action#" + item.GetProperty("action").GetString(),
                Is.EqualTo(record.Verb.Iri));
            foreach (string entity in new[] { "actor", "object", "edApp", "group" })
            {
                Assert.That(IsIri(item.GetProperty(entity).GetProperty("id")), Is.True);
                Assert.That(item.GetProperty(entity).GetProperty("type").GetString(), Is.Not.Empty);
            }

            AssertTime(item.GetProperty("eventTime"), record);
        }
    }

    [Test]
    public void Every_kind_of_event_was_rendered()
    {
        Assert.That(OneOfEachKind, Has.Length.EqualTo(ActivityCatalogue.All.Count));
    }

    [Test]
    public void No_member_occurs_twice()
    {
        var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
        foreach (LearningRecord record in OneOfEachKind)
        {
            Assert.That(() => JsonDocument.Parse(record.ToJson(), strict).Dispose(), Throws.Nothing);
        }
    }

    [Test]
    public void Ids_are_distinct_version_5_uuids_bound_to_the_seed()
    {
        LearningRecord[] records = new Population(Seed).Records().Take(5_000).ToArray();
        Assert.That(records.Select(record => record.Id), Is.Unique);
        Assert.That(records.Select(record => record.Id.Version), Is.All.EqualTo(5));
        Assert.That(new Population(Seed + 1).Records().First().Id, Is.Not.EqualTo(records[0].Id));
    }

    [Test]
    public void Account_names_are_distinct_and_do_not_show_the_index()
    {
        int[] students = Enumerable.Range(0, Population.StudentCount).ToArray();
        Assert.That(students.Select(student => Accounts.MoodleName(Seed, student)), Is.Unique);
        Assert.That(students.Select(student => Accounts.BookRollName(Seed, student)), Is.Unique);
    }

    [TestCase(LearningTool.Moodle, "5b09554ed783ab03ffa4bff99b85994b55a123ad0e7d0de86443606f381c4dd1")]
    [TestCase(LearningTool.BookRoll, "3a890be0f6f508f5a411715764c65d09dc82b20a869e4b502cd340f42dee0d1c")]
    [TestCase(LearningTool.Caliper, "f28ecbaca6f5cb28edc264f0225c0fabbe1996b8403031756761d5102f437f24")]
    public void The_bytes_are_the_golden_ones(LearningTool tool, string expected)
    {
        byte[] all = OneOfEachKind
            .Where(record => record.Tool == tool)
            .OrderBy(record => record.Kind.Index)
            .SelectMany(record => record.ToJson().Append((byte)'\n'))
            .ToArray();
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(all));
        Assert.That(digest, Is.EqualTo(expected), Encoding.UTF8.GetString(all));
    }

    private static void AssertContext(JsonElement context, LearningRecord record)
    {
        JsonElement info = context.GetProperty("extensions")
            .GetProperty("http://lrs.learninglocker.net/define/extensions/info");
        Assert.That(info.GetProperty("event_name").GetString(), Is.EqualTo(record.Kind.EventName));
        foreach (JsonProperty list in context.GetProperty("contextActivities").EnumerateObject())
        {
            Assert.That(list.Name, Is.AnyOf("parent", "grouping", "category"));
            Assert.That(list.Value.EnumerateArray().Select(activity => IsIri(activity.GetProperty("id"))), Is.All.True);
        }

        foreach (JsonProperty extension in context.GetProperty("extensions").EnumerateObject())
        {
            Assert.That(Uri.IsWellFormedUriString(extension.Name, UriKind.Absolute), Is.True);
        }
    }

    private static void AssertResult(JsonElement statement, LearningRecord record)
    {
        bool has = statement.TryGetProperty("result", out JsonElement result);
        Assert.That(has, Is.EqualTo(record.Kind.Outcome != OutcomeKind.None));
        if (record.Score is { } score)
        {
            Assert.That(result.GetProperty("score").GetProperty("raw").GetInt32(), Is.EqualTo(score));
            Assert.That(result.GetProperty("score").GetProperty("scaled").GetDecimal(), Is.EqualTo(score / 100m));
        }

        if (record.Kind.Verb.Label is "Passed" or "Failed")
        {
            Assert.That(result.GetProperty("success").GetBoolean(), Is.EqualTo(record.Kind.Verb.Label == "Passed"));
        }
    }

    private static void AssertTime(JsonElement element, LearningRecord record)
    {
        string text = element.GetString()!;
        Assert.That(text, Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
        Assert.That(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture), Is.EqualTo(record.Timestamp));
    }

    private static bool IsIri(JsonElement element) => Uri.IsWellFormedUriString(element.GetString(), UriKind.Absolute);
}
