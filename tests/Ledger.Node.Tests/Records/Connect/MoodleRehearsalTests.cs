using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Contracts.Verbs;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Connect;

/// <summary>What Moodle's log-store plug-in sends, as docs/connect/moodle.md sets it up.</summary>
public sealed class MoodleRehearsalTests
{
    private const string TinCan = "http://id.tincanapi.com/verb/";
    private const string Adl = "http://adlnet.gov/expapi/verbs/";

    private static readonly (string Event, string Verb)[] Events =
    [
        (@"\core\event\course_viewed", TinCan + "viewed"),
        (@"\core\event\course_completed", Adl + "completed"),
        (@"\core\event\user_enrolment_created", Adl + "registered"),
        (@"\mod_quiz\event\attempt_submitted", Adl + "answered"),
        (@"\mod_quiz\event\attempt_reviewed", TinCan + "reviewed"),
        (@"\mod_forum\event\discussion_viewed", TinCan + "viewed"),
        (@"\mod_scorm\event\sco_launched", Adl + "launched"),
    ];

    private RecordServer server = null!;

    [SetUp]
    public async Task StartAsync() => server = await RecordServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task ABatchOfSevenEventTypesIsTakenAndEachHasAVerbWithACodeAsync()
    {
        JsonArray batch = new([.. Events.Select(one => StatementOf(one.Event, one.Verb))]);
        HttpResponseMessage answer = await SendAsync(batch);
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Stored().Select(record => record.VerbIri), Is.EqualTo(Events.Select(one => one.Verb)));
            Assert.That(
                Stored().All(record => VerbTable.Standard.TryGet(record.VerbIri, out Verb? _)), "a verb has no code");
            Assert.That(
                Stored().Select(record => record.ActorKey).Distinct(),
                Is.EqualTo(new[] { "https://moodle.north.example|8" }));
        });
    }

    [Test]
    public async Task AVerbThatNobodyKnowsIsKeptWithItsIriAsync()
    {
        const string verb = "https://w3id.org/xapi/acrossx/verbs/evaluated-anew";
        await SendAsync(new JsonArray(StatementOf(@"\mod_survey\event\response_submitted", verb)));
        Assert.That(Stored().Single().VerbIri, Is.EqualTo(verb));
    }

    [Test]
    public async Task AWrongSecretIsAnsweredWithTheRuleThatThePageNamesAsync()
    {
        HttpResponseMessage answer = await SendAsync(
            new JsonArray(StatementOf(Events[0].Event, Events[0].Verb)), "moodle:wrong");
        Assert.Multiple(async () =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("credentials"));
        });
    }

    private static JsonObject StatementOf(string eventName, string verb) => new()
    {
        ["actor"] = new JsonObject
        {
            ["name"] = "Jo Kim",
            ["account"] = new JsonObject { ["homePage"] = "https://moodle.north.example", ["name"] = "8" },
        },
        ["verb"] = new JsonObject { ["id"] = verb, ["display"] = new JsonObject { ["en"] = verb.Split('/')[^1] } },
        ["object"] = Activity("https://moodle.north.example/course/view.php?id=2", "lms/course", "Mathematics"),
        ["timestamp"] = "2026-10-01T09:15:41+09:00",
        ["context"] = new JsonObject
        {
            ["platform"] = "Moodle",
            ["language"] = "en",
            ["extensions"] = new JsonObject
            {
                ["http://lrs.learninglocker.net/define/extensions/info"] = new JsonObject
                {
                    ["http://moodle.org"] = "4.5",
                    ["https://github.com/xAPI-vle/moodle-logstore_xapi"] = "v4.9.0",
                    ["event_name"] = eventName,
                },
            },
            ["contextActivities"] = new JsonObject
            {
                ["grouping"] = new JsonArray(Activity("https://moodle.north.example", "site", "North Moodle")),
                ["category"] = new JsonArray(Activity("http://moodle.org", "source", "Moodle")),
            },
        },
    };

    private static JsonObject Activity(string id, string type, string name) => new()
    {
        ["id"] = id,
        ["definition"] = new JsonObject
        {
            ["type"] = "http://id.tincanapi.com/activitytype/" + type,
            ["name"] = new JsonObject { ["en"] = name },
        },
    };

    private IReadOnlyList<StoredRecord> Stored() => server.Store.List(
        new RecordQuery(RecordType.XapiStatement, null, null, null, null, null, Ascending: true, 100));

    // The plug-in's own headers: it writes version 1.0.0, and slashes with escapes.
    private async Task<HttpResponseMessage> SendAsync(JsonArray batch, string login = "moodle:secret")
    {
        using HttpClient moodle = new() { BaseAddress = server.Address };
        using HttpRequestMessage request = new(HttpMethod.Post, "/xAPI/statements")
        {
            Content = new StringContent(
                batch.ToJsonString().Replace("/", "\\/", StringComparison.Ordinal), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
        request.Headers.Add(RecordServer.VersionHeader, "1.0.0");
        return await moodle.SendAsync(request);
    }
}
