using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

public sealed class DocumentTests : XapiFixture
{
    private const string Activity = "activityId=https%3A%2F%2Fexample.org%2Fa";
    private const string Registration = "registration=7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e09";

    private static string State => $"/activities/state?{Activity}&agent={Mailbox("a")}";

    private static string ActivityProfile => $"/activities/profile?{Activity}";

    private static string AgentProfile => $"/agents/profile?agent={Mailbox("a")}";

    private static IEnumerable<string> Documents =>
        [$"{State}&stateId=x", $"{ActivityProfile}&profileId=x", $"{AgentProfile}&profileId=x"];

    [TestCaseSource(nameof(Documents))]
    public async Task ADocumentComesBackAsItCameAsync(string address)
    {
        HttpResponseMessage put = await Server.CallAsync(
            "PUT", address, Content("plain words", "text/plain; charset=utf-8"), ("If-None-Match", "*"));
        HttpResponseMessage get = await Server.CallAsync("GET", address);
        HttpResponseMessage head = await Server.CallAsync("HEAD", address);
        Assert.Multiple(() =>
        {
            Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(get.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; charset=utf-8"));
            Assert.That(get.Headers.ETag!.Tag, Does.Match("^\"[0-9a-f]{40}\"$"));
            Assert.That(get.Content.Headers.LastModified, Is.EqualTo(Server.Clock.Now));
            Assert.That(head.Headers.ETag, Is.EqualTo(get.Headers.ETag));
        });
        Assert.That(await get.Content.ReadAsStringAsync(), Is.EqualTo("plain words"));
        Assert.That((await Server.CallAsync("DELETE", address)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await Server.CallAsync("GET", address)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("no type")]
    [TestCase("text/plain\r\nX-Other: 1")]
    [TestCase("text/plain; name=\u00e4")]
    public async Task ADocumentWhoseTypeCouldNotBeGivenBackIsRefusedAsync(string type)
    {
        string form = $"{Activity}&agent={Mailbox("a")}&stateId=x&content=words"
            + $"&Content-Type={Uri.EscapeDataString(type)}";
        HttpResponseMessage answer = await Server.CallAsync(
            "POST", "/activities/state?method=PUT", Content(form, "application/x-www-form-urlencoded"));
        await answer.ExpectAsync(HttpStatusCode.BadRequest, "?Content-Type", "media-type");
        Assert.That(
            (await Server.CallAsync("GET", $"{State}&stateId=x")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCaseSource(nameof(Documents))]
    public async Task JsonIsMergedByItsMembersAsync(string address)
    {
        await Server.CallAsync("POST", address, Json("""{"a":1,"b":{"x":1,"y":2}}"""));
        HttpResponseMessage merged = await Server.CallAsync("POST", address, Json("""{"b":{"z":3},"c":null}"""));
        Assert.That(merged.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        JsonNode kept = await (await Server.CallAsync("GET", address)).ReadAsync();
        Assert.That(JsonNode.DeepEquals(kept, JsonNode.Parse("""{"a":1,"b":{"z":3},"c":null}""")), Is.True);
    }

    [TestCase("""{"a":1}""", "application/json", "text", "text/plain", "merge")]
    [TestCase("text", "text/plain", """{"a":1}""", "application/json", "merge")]
    [TestCase("""{"a":1}""", "application/json", "[1]", "application/json", "type")]
    [TestCase("""{"a":1}""", "application/json", "{", "application/json", "json.syntax")]
    public async Task WhatCannotBeMergedChangesNothingAsync(
        string kept, string keptType, string sent, string sentType, string rule)
    {
        string address = $"{State}&stateId=x";
        await Server.CallAsync("PUT", address, Content(kept, keptType));
        HttpResponseMessage answer = await Server.CallAsync("POST", address, Content(sent, sentType));
        await answer.ExpectAsync(HttpStatusCode.BadRequest, "", rule);
        Assert.That(
            await (await Server.CallAsync("GET", address)).Content.ReadAsStringAsync(), Is.EqualTo(kept));
    }

    [TestCaseSource(nameof(Documents))]
    public async Task APreconditionThatFailsChangesNothingAsync(string address)
    {
        await Server.CallAsync("PUT", address, Json("{}"), ("If-None-Match", "*"));
        foreach (string method in new[] { "PUT", "POST", "DELETE" })
        {
            HttpResponseMessage other =
                await Server.CallAsync(method, address, Json("""{"a":1}"""), ("If-Match", "\"1234\""));
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed), method);
        }

        HttpResponseMessage again =
            await Server.CallAsync("PUT", address, Json("""{"a":1}"""), ("If-None-Match", "*"));
        HttpResponseMessage get = await Server.CallAsync("GET", address);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(await get.Content.ReadAsStringAsync(), Is.EqualTo("{}"));
        HttpResponseMessage right =
            await Server.CallAsync("PUT", address, Json("""{"a":1}"""), ("If-Match", get.Headers.ETag!.Tag));
        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task AProfileIsNotOverwrittenUnawaresAndStateByTheSecondVersionNeitherAsync()
    {
        string profile = $"{ActivityProfile}&profileId=x";
        string state = $"{State}&stateId=x";
        HttpResponseMessage unsaid = await Server.CallAsync("PUT", profile, Json("{}"));
        await unsaid.ExpectAsync(HttpStatusCode.BadRequest, "", "precondition");
        await Server.CallAsync("POST", profile, Json("{}"));
        await Server.CallAsync("PUT", state, Json("{}"));
        HttpResponseMessage first = await Server.CallAsync("PUT", state, Json("{}"));
        HttpResponseMessage second = await Server.CallAsync("PUT", state, Json("{}"), Version(Second));
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await second.ExpectAsync(HttpStatusCode.Conflict, "", "precondition");
        await (await Server.CallAsync("PUT", profile, Json("{}")))
            .ExpectAsync(HttpStatusCode.Conflict, "", "precondition");
    }

    [Test]
    public async Task AListNamesWhatWasWrittenAfterATimeAsync()
    {
        await Server.CallAsync("PUT", $"{State}&stateId=old", Json("{}"));
        string since = Escaped(Server.Clock.Now.ToString("o", null));
        Server.Clock.Now = Server.Clock.Now.AddSeconds(1);
        await Server.CallAsync("PUT", $"{State}&stateId=new&{Registration}", Json("{}"));
        string all = await (await Server.CallAsync("GET", State)).Content.ReadAsStringAsync();
        string newer = await (await Server.CallAsync("GET", $"{State}&since={since}")).Content.ReadAsStringAsync();
        HttpResponseMessage narrowed = await Server.CallAsync("GET", $"{State}&{Registration}");
        string registered = await narrowed.Content.ReadAsStringAsync();
        Assert.That((all, newer, registered), Is.EqualTo(("""["new","old"]""", """["new"]""", """["new"]""")));
    }

    [Test]
    public async Task AllStateOfAnActivityIsRemovedAtOnceAsync()
    {
        await Server.CallAsync("PUT", $"{State}&stateId=x", Json("{}"));
        await Server.CallAsync("PUT", $"{State}&stateId=y&{Registration}", Json("{}"));
        await Server.CallAsync("DELETE", State);
        Assert.That(await (await Server.CallAsync("GET", State)).Content.ReadAsStringAsync(), Is.EqualTo("[]"));
    }

    [Test]
    public async Task AReaderThatHasTheDocumentIsNotSentItAgainAsync()
    {
        string address = $"{State}&stateId=x";
        await Server.CallAsync("PUT", address, Json("{}"));
        string tag = (await Server.CallAsync("GET", address)).Headers.ETag!.Tag;
        HttpResponseMessage again = await Server.CallAsync("GET", address, null, ("If-None-Match", tag));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [TestCase("PUT", "/activities/state?stateId=x", "?activityId", "required")]
    [TestCase("PUT", "/activities/state?activityId=x&stateId=x", "?activityId", "iri")]
    [TestCase("GET", "/agents/profile?profileId=x", "?agent", "required")]
    [TestCase("GET", "/agents/profile?agent=x", "?agent", "json.syntax")]
    [TestCase("GET", "/agents", "?agent", "required")]
    [TestCase("GET", "/activities", "?activityId", "required")]
    [TestCase("GET", "/activities?activityId=1", "?activityId", "iri")]
    public async Task AParameterThatIsMissingOrWrongIsNamedAsync(
        string method, string address, string path, string rule) => await (await Server.CallAsync(
            method, address, method == "PUT" ? Json("{}") : null)).ExpectAsync(HttpStatusCode.BadRequest, path, rule);

    [Test]
    public async Task AnIdAndARegistrationKeepTheirRulesAsync()
    {
        await (await Server.CallAsync("PUT", State, Json("{}")))
            .ExpectAsync(HttpStatusCode.BadRequest, "?stateId", "required");
        await (await Server.CallAsync("GET", $"{State}&registration=7"))
            .ExpectAsync(HttpStatusCode.BadRequest, "?registration", "uuid");
        await (await Server.CallAsync("GET", $"{State}&since=today"))
            .ExpectAsync(HttpStatusCode.BadRequest, "?since", "timestamp");
        await (await Server.CallAsync("DELETE", ActivityProfile))
            .ExpectAsync(HttpStatusCode.BadRequest, "?profileId", "required");
    }

    [Test]
    public void ADocumentThatMergingWouldMakeTooLongStaysAsItIs()
    {
        Document known = new(
            "application/json",
            Encoding.UTF8.GetBytes($$"""{"a":"{{new string('a', RequestLimits.BodyBytesCeiling - 100)}}"}"""),
            DateTimeOffset.UnixEpoch);
        DocumentRequest more = new(
            "application/json", Encoding.UTF8.GetBytes($$"""{"b":"{{new string('b', 200)}}"}"""), null, null);
        DocumentChange change = DocumentRules.Merge(known, more);
        Assert.That(change, Is.TypeOf<DocumentChange.Refuse>());
        Assert.That(((DocumentChange.Refuse)change).Status, Is.EqualTo(413));
    }
}
