using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records;

public sealed class XapiEndpointTests
{
    private RecordServer server = null!;

    [SetUp]
    public async Task StartAsync() => server = await RecordServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task RecordsOfALearnerWhoOptedOutAreRefusedWholeAsync()
    {
        await using RecordServer heeding = await RecordServer.StartAsync(
            static account => !account.EndsWith("|student-17", StringComparison.Ordinal));
        JsonArray list = [Statements.Statement(1, "student-18"), Statements.Statement(2, "student-17")];

        HttpResponseMessage refused = await heeding.PostAsync("/xAPI/statements", list);
        HttpResponseMessage taken = await heeding.PostAsync("/xAPI/statements", Statements.Statement(1, "student-18"));

        JsonNode problem = await JsonAsync(refused);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(problem["rule"]!.GetValue<string>(), Is.EqualTo("opted-out"));
        Assert.That(problem["path"]!.GetValue<string>(), Is.EqualTo("/1"));
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(heeding.Store.Outbox.Pending(0, 10), Has.Count.EqualTo(1), "nothing of the refused list");
    }

    [Test]
    public async Task TheSameStatementSentTwiceIsOneRecordAsync()
    {
        JsonObject statement = Statements.Statement(1);
        HttpResponseMessage first = await server.PostAsync("/xAPI/statements", statement);
        HttpResponseMessage second = await server.PostAsync("/xAPI/statements", statement);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
            Assert.That((await JsonAsync(second))[0]!.GetValue<string>(), Is.EqualTo(Statements.Id(1)));
            Assert.That(server.Store.Outbox.Pending(0, 10), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task ManyCallersAtOnceWithOneStatementMakeOneRecordAsync()
    {
        JsonArray shared = Statements.List(0, 10);
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(1, 16).SelectMany(caller => new[]
        {
            server.PostAsync("/xAPI/statements", shared),
            server.PostAsync("/xAPI/statements", Statements.Statement(100 + caller)),
            server.GetAsync("/xAPI/statements?limit=5"),
        }));
        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
            Assert.That(server.Store.Outbox.Pending(0, 1000), Has.Count.EqualTo(26));
        });
    }

    [Test]
    public async Task TheSameEventSentTwiceIsOneRecordAsync()
    {
        JsonNode learningEvent = JsonNode.Parse(Statements.Caliper)!;
        HttpResponseMessage once = await server.PostAsync("/caliper/events", Statements.Envelope(learningEvent));
        HttpResponseMessage again = await server.PostAsync("/caliper/events", Statements.Envelope(learningEvent));
        Assert.Multiple(() =>
        {
            Assert.That((once.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
            Assert.That(server.Store.Outbox.Pending(0, 10), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task AnUnknownVerbIsKeptWithItsIriAsync()
    {
        const string verb = "https://example.org/verbs/nobody-knows#this";
        await server.PostAsync("/xAPI/statements", Statements.Statement(1, verb: verb));
        JsonNode page = await JsonAsync(await server.GetAsync($"/xAPI/statements?verb={Uri.EscapeDataString(verb)}"));
        Assert.That(page["statements"]![0]!["verb"]!["id"]!.GetValue<string>(), Is.EqualTo(verb));
    }

    [Test]
    public async Task FiveHundredStatementsGoInOneBatchAsync()
    {
        HttpResponseMessage answer = await server.PostAsync("/xAPI/statements", Statements.List(0, 500));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await JsonAsync(answer)).AsArray(), Has.Count.EqualTo(500));
            Assert.That(server.Store.Outbox.Pending(0, 1000), Has.Count.EqualTo(500));
        });
    }

    [Test]
    public async Task AListIsStoredAsAWholeOrNotAtAllAsync()
    {
        JsonArray list = Statements.List(0, 3);
        list[2]!["verb"]!["id"] = "no IRI";
        HttpResponseMessage answer = await server.PostAsync("/xAPI/statements", list);
        await ExpectErrorAsync(answer, HttpStatusCode.BadRequest, "/2/verb/id", "iri");
        Assert.That(server.Store.Outbox.Pending(0, 10), Is.Empty);
    }

    [Test]
    public async Task AStatementIsGivenWithWhatTheStoreAddsAsync()
    {
        HttpResponseMessage put = await server.SendAsync(
            HttpMethod.Put,
            $"/xAPI/statements?statementId={Statements.Id(1)}",
            RecordServer.Json(Statements.Statement(1)));
        JsonNode statement = await JsonAsync(await server.GetAsync($"/xAPI/statements?statementId={Statements.Id(1)}"));
        Assert.Multiple(() =>
        {
            Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(statement["stored"]!.GetValue<string>(), Is.EqualTo("2026-01-02T03:04:05.000Z"));
            Assert.That(statement["version"]!.GetValue<string>(), Is.EqualTo("1.0.0"));
            Assert.That(statement["authority"]!["account"]!["name"]!.GetValue<string>(), Is.EqualTo("moodle"));
            Assert.That(statement["actor"]!["account"]!["name"]!.GetValue<string>(), Is.EqualTo("student-17"));
        });
    }

    [Test]
    public async Task PagesLeadToEachOtherAsync()
    {
        await server.PostAsync("/xAPI/statements", Statements.List(0, 5));
        string agent = Uri.EscapeDataString(Statements.Statement(0)["actor"]!.ToJsonString());
        string next =
            $"/xAPI/statements?agent={agent}&verb={Uri.EscapeDataString(Statements.Viewed)}&limit=2&ascending=true";
        List<string> found = [];
        while (next.Length > 0)
        {
            JsonNode page = await JsonAsync(await server.GetAsync(next));
            found.AddRange(page["statements"]!.AsArray().Select(statement => statement!["id"]!.GetValue<string>()));
            next = page["more"]!.GetValue<string>();
        }

        Assert.That(found, Is.EqualTo(Enumerable.Range(0, 5).Select(Statements.Id)));
    }

    [Test]
    public async Task TheTimesOfStoringNarrowAQueryAsync()
    {
        await server.PostAsync("/xAPI/statements", Statements.Statement(1));
        server.Clock.Now = server.Clock.Now.AddMinutes(1);
        await server.PostAsync("/xAPI/statements", Statements.Statement(2));
        JsonNode late = await JsonAsync(await server.GetAsync("/xAPI/statements?since=2026-01-02T03:04:05Z"));
        JsonNode early = await JsonAsync(await server.GetAsync("/xAPI/statements?until=2026-01-02T03:04:05Z"));
        Assert.Multiple(() =>
        {
            Assert.That(late["statements"]![0]!["id"]!.GetValue<string>(), Is.EqualTo(Statements.Id(2)));
            Assert.That(early["statements"]!.AsArray(), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task AboutNeedsNoCredentialsAsync()
    {
        using HttpClient stranger = new() { BaseAddress = server.Address };
        HttpResponseMessage answer = await stranger.GetAsync("/xAPI/about");
        Assert.That((await JsonAsync(answer))["version"]![0]!.GetValue<string>(), Is.EqualTo("1.0.3"));
    }

    [Test]
    public async Task AnotherMeaningUnderAnIdIsAConflictAsync()
    {
        await server.PostAsync("/xAPI/statements", Statements.Statement(1));
        HttpResponseMessage answer =
            await server.PostAsync("/xAPI/statements", Statements.Statement(1, student: "other"));
        HttpResponseMessage inList = await server.PostAsync(
            "/xAPI/statements", new JsonArray(Statements.Statement(2), Statements.Statement(1, student: "other")));
        await ExpectErrorAsync(answer, HttpStatusCode.Conflict, "/id", "conflict");
        await ExpectErrorAsync(inList, HttpStatusCode.Conflict, "/1/id", "conflict");
        Assert.That(server.Store.Outbox.Pending(0, 10), Has.Count.EqualTo(1));
    }

    [TestCase(null)]
    [TestCase("Basic bW9vZGxlOndyb25n")]
    [TestCase("Basic !!!")]
    [TestCase("Basic ")]
    [TestCase("Bearer bW9vZGxlOnNlY3JldA==")]
    public async Task WithoutTheRightCredentialsNothingIsToldAsync(string? credentials)
    {
        using HttpClient stranger = new() { BaseAddress = server.Address };
        using HttpRequestMessage request = new(HttpMethod.Get, "/xAPI/statements");
        request.Headers.TryAddWithoutValidation("Authorization", credentials);
        HttpResponseMessage answer = await stranger.SendAsync(request);
        await ExpectErrorAsync(answer, HttpStatusCode.Unauthorized, "", "credentials");
        Assert.That(answer.Headers.WwwAuthenticate.ToString(), Does.StartWith("Basic"));
    }

    [TestCase(null)]
    [TestCase("0.95")]
    [TestCase("1.1.0")]
    [TestCase("1.0.x")]
    [TestCase("2.1")]
    public async Task AnotherVersionOfXapiIsRefusedAsync(string? version)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/xAPI/statements");
        request.Headers.TryAddWithoutValidation("Authorization", RecordServer.Credentials);
        if (version is not null)
        {
            request.Headers.Add(RecordServer.VersionHeader, version);
        }

        using HttpClient client = new() { BaseAddress = server.Address };
        HttpResponseMessage answer = await client.SendAsync(request);
        await ExpectErrorAsync(answer, HttpStatusCode.BadRequest, "", "version");
        Assert.That(answer.Headers.GetValues(RecordServer.VersionHeader), Is.EqualTo(new[] { "1.0.3" }));
    }

    [TestCase("?statementId=7", HttpStatusCode.BadRequest, "?statementId", "uuid")]
    [TestCase("?statementId=00000000-0000-4000-8000-000000000000", HttpStatusCode.NotFound, "?statementId", "known-id")]
    [TestCase(
        "?statementId=00000000-0000-4000-8000-000000000000&limit=1", HttpStatusCode.BadRequest, "?limit",
        "unknown-parameter")]
    [TestCase("?colour=1", HttpStatusCode.BadRequest, "?colour", "unknown-parameter")]
    [TestCase("?limit=1&limit=2", HttpStatusCode.BadRequest, "?limit", "one-value")]
    [TestCase("?limit=-1", HttpStatusCode.BadRequest, "?limit", "number")]
    [TestCase("?ascending=maybe", HttpStatusCode.BadRequest, "?ascending", "type")]
    [TestCase("?since=today", HttpStatusCode.BadRequest, "?since", "timestamp")]
    [TestCase("?verb=viewed", HttpStatusCode.BadRequest, "?verb", "iri")]
    [TestCase("?agent=%7B%22mbox%22%3A%22x%22%7D", HttpStatusCode.BadRequest, "?agent/mbox", "iri")]
    [TestCase("?agent=%7B", HttpStatusCode.BadRequest, "?agent", "json.syntax")]
    public async Task AQueryThatIsWrongSaysWhereAsync(string query, HttpStatusCode status, string path, string rule) =>
        await ExpectErrorAsync(await server.GetAsync("/xAPI/statements" + query), status, path, rule);

    [TestCase("{", "", "json.syntax")]
    [TestCase("", "", "json.syntax")]
    [TestCase("7", "", "type")]
    [TestCase("""[{"actor":{"mbox":"mailto:a@b.c"}}]""", "/0/verb", "required")]
    [TestCase("""{"a":1,"a":2}""", "/a", "json.duplicate-key")]
    public async Task ABodyThatIsWrongSaysWhereAsync(string body, string path, string rule)
    {
        StringContent content = new(body, Encoding.UTF8, "application/json");
        await ExpectErrorAsync(
            await server.SendAsync(HttpMethod.Post, "/xAPI/statements", content),
            HttpStatusCode.BadRequest, path, rule);
    }

    [Test]
    public async Task TwoStatementsOfOneIdInAListAreRefusedAsync()
    {
        JsonArray list = new(Statements.Statement(1), Statements.Statement(1));
        await ExpectErrorAsync(
            await server.PostAsync("/xAPI/statements", list), HttpStatusCode.BadRequest, "/1/id", "duplicate-id");
    }

    [Test]
    public async Task PutRefusesAnotherIdThanTheAddressNamesAsync()
    {
        HttpContent content = RecordServer.Json(Statements.Statement(1));
        HttpResponseMessage answer =
            await server.SendAsync(HttpMethod.Put, $"/xAPI/statements?statementId={Statements.Id(2)}", content);
        await ExpectErrorAsync(answer, HttpStatusCode.BadRequest, "/id", "same-id");
    }

    [TestCase("text/plain")]
    [TestCase("multipart/form-data; boundary=x")]
    [TestCase("application/json; charset=utf-16")]
    public async Task ABodyThatIsNotJsonIsRefusedAsync(string type)
    {
        ByteArrayContent content = new(Statements.Statement(1).Bytes());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        await ExpectErrorAsync(
            await server.SendAsync(HttpMethod.Post, "/xAPI/statements", content),
            HttpStatusCode.BadRequest, "", "content-type");
        await ExpectErrorAsync(
            await server.SendAsync(HttpMethod.Post, "/caliper/events", content),
            HttpStatusCode.UnsupportedMediaType, "", "content-type");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ABodyThatIsTooLongIsRefusedAsync(bool announcesLength)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/xAPI/statements");
        request.Content = new ByteArrayContent(new byte[RecordIntake.BodyBytesMax + 1]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.ExpectContinue = announcesLength;
        request.Headers.TransferEncodingChunked = !announcesLength;
        await ExpectErrorAsync(
            await server.Client.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "", "json.size");
    }

    [Test]
    public async Task AnEventThatIsWrongSaysWhereInItsEnvelopeAsync()
    {
        JsonObject learningEvent = JsonNode.Parse(Statements.Caliper)!.AsObject();
        learningEvent.Remove("eventTime");
        await ExpectErrorAsync(
            await server.PostAsync("/caliper/events", Statements.Envelope(learningEvent)),
            HttpStatusCode.BadRequest, "/data/0/eventTime", "required");
    }

    [Test]
    public async Task AStoreThatFailsTellsNoInnerDetailsAsync()
    {
        server.Store.Dispose();
        HttpResponseMessage answer = await server.PostAsync("/xAPI/statements", Statements.Statement(1));
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.GreaterThanOrEqualTo(500));
            Assert.That(text, Does.Not.Contain("   at ").And.Not.Contain("Exception").And.Contain("\"error\""));
        });
    }

    private static async Task ExpectErrorAsync(
        HttpResponseMessage answer, HttpStatusCode status, string path, string rule)
    {
        JsonNode error = await JsonAsync(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(status), error.ToJsonString());
            Assert.That(error["path"]!.GetValue<string>(), Is.EqualTo(path));
            Assert.That(error["rule"]!.GetValue<string>(), Is.EqualTo(rule));
            Assert.That(error["error"]!.GetValue<string>(), Is.Not.Empty);
        });
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
