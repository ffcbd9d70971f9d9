using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Caliper;

/// <summary>Sensors' keys and envelopes, over HTTP.</summary>
public sealed class CaliperEndpointTests
{
    private RecordServer server = null!;

    [SetUp]
    public async Task StartAsync() => server = await RecordServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [TestCase("/caliper/events", "Bearer secret")]
    [TestCase("/caliper/events", "bearer secret")]
    [TestCase("/key/caliper", "secret")]
    public async Task ASensorShowsItsKeyAloneAsync(string address, string header)
    {
        HttpResponseMessage answer = await SendAsync(
            address, header, Statements.Envelope(JsonNode.Parse(Statements.Caliper)!));
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(server.Store.List(Newest()).Single().Authority, Is.EqualTo("moodle"));
        });
    }

    [TestCase("Bearer wrong")]
    [TestCase("Bearer ")]
    [TestCase("")]
    public async Task AnUnknownKeyIsRefusedAsync(string header)
    {
        HttpResponseMessage answer = await SendAsync(
            "/caliper/events", header, Statements.Envelope(JsonNode.Parse(Statements.Caliper)!));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    /// <summary>Forms are a way of xAPI's: here a form would be read before it is known who sends it.</summary>
    [Test]
    public async Task ARequestWrittenAsAFormIsNoneAsync()
    {
        using HttpClient bare = new() { BaseAddress = server.Address };
        Dictionary<string, string> fields = new() { ["Authorization"] = RecordServer.Credentials };
        using FormUrlEncodedContent form = new(fields);
        using HttpResponseMessage stranger = await bare.PostAsync("/caliper/events?method=POST", form);
        using FormUrlEncodedContent again = new(fields);
        using HttpResponseMessage known = await server.Client.PostAsync("/caliper/events?method=POST", again);
        JsonNode error = JsonNode.Parse(await known.Content.ReadAsStringAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(error["path"]!.GetValue<string>(), Is.EqualTo("?method"));
        });
    }

    [Test]
    public async Task AKeyOpensNoXapiResourceAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/xAPI/statements");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret");
        request.Headers.Add(RecordServer.VersionHeader, "1.0.3");
        using HttpClient bare = new() { BaseAddress = server.Address };
        Assert.That((await bare.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task EventsAndDescriptionsOfEntitiesComeInOneEnvelopeAsync()
    {
        JsonObject person = CaliperRulesTests.Entity("Person");
        person["@context"] = "http://purl.imsglobal.org/ctx/caliper/v1p1";
        JsonNode answer = JsonNode.Parse(await (await server.PostAsync(
            "/caliper/events", Statements.Envelope(person, JsonNode.Parse(Statements.Caliper)!)))
            .Content.ReadAsStringAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That(answer.AsArray(), Has.Count.EqualTo(1));
            Assert.That(server.Store.List(Newest()), Has.Count.EqualTo(1));
        });
    }

    [TestCase("sensor", null, HttpStatusCode.BadRequest, "/sensor", "required")]
    [TestCase("sendTime", null, HttpStatusCode.BadRequest, "/sendTime", "required")]
    [TestCase("sendTime", "\"yesterday\"", HttpStatusCode.BadRequest, "/sendTime", "timestamp")]
    [TestCase("dataVersion", null, HttpStatusCode.BadRequest, "/dataVersion", "required")]
    [TestCase("dataVersion", "\"http://purl.imsglobal.org/ctx/caliper/v9p9\"", HttpStatusCode.UnprocessableEntity,
        "/dataVersion", "caliper.data-version")]
    [TestCase("dataVersion", "\"http://purl.imsglobal.org/ctx/caliper/v1p2\"", HttpStatusCode.BadRequest,
        "/data/0/@context", "caliper.context")]
    [TestCase("data", null, HttpStatusCode.BadRequest, "", "caliper.envelope")]
    [TestCase("data", "[]", HttpStatusCode.BadRequest, "/data", "not-empty")]
    [TestCase("data", "[{\"@context\":\"http://purl.imsglobal.org/ctx/caliper/v1p1\",\"type\":\"Person\"}]",
        HttpStatusCode.BadRequest, "/data/0/id", "required")]
    [TestCase("colour", "1", HttpStatusCode.BadRequest, "/colour", "unknown-property")]
    public async Task AnEnvelopeIsWholeAndHoldsNothingElseAsync(
        string name, string? value, HttpStatusCode status, string path, string rule)
    {
        JsonObject envelope = Statements.Envelope(JsonNode.Parse(Statements.Caliper)!);
        envelope.Remove(name);
        if (value is not null)
        {
            envelope[name] = JsonNode.Parse(value);
        }

        HttpResponseMessage answer = await server.PostAsync("/caliper/events", envelope);
        JsonNode refusal = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(status));
            Assert.That((string?)refusal["path"], Is.EqualTo(path));
            Assert.That((string?)refusal["rule"], Is.EqualTo(rule));
            Assert.That(server.Store.List(Newest()), Is.Empty);
        });
    }

    [Test]
    public async Task AnEventWithoutAnEnvelopeIsRefusedAsync()
    {
        HttpResponseMessage answer = await server.PostAsync("/caliper/events", JsonNode.Parse(Statements.Caliper)!);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static RecordQuery Newest() =>
        new(RecordType.CaliperEvent, null, null, null, null, null, Ascending: false, Limit: 10);

    private async Task<HttpResponseMessage> SendAsync(string address, string header, JsonNode body)
    {
        using HttpClient bare = new() { BaseAddress = server.Address };
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = RecordServer.Json(body) };
        request.Headers.TryAddWithoutValidation("Authorization", header);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await bare.SendAsync(request);
    }
}
