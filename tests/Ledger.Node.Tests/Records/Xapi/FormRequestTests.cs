using System.Net;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

/// <summary>Requests written as forms (xAPI 1.0.3, part 3, 1.3), and HEAD.</summary>
public sealed class FormRequestTests : XapiFixture
{
    [Test]
    public async Task AFormStandsForTheRequestThatItNamesAsync()
    {
        HttpResponseMessage put = await PostAsync("PUT", PutForm());
        HttpResponseMessage get = await PostAsync("GET", "limit=1");
        Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await get.ReadAsync())["statements"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(get.Headers.Contains("X-Experience-API-Consistent-Through"), Is.True);
    }

    [Test]
    public async Task CredentialsAndVersionMayStandInTheFormAsync()
    {
        HttpResponseMessage answer = await Server.CallAsync(
            "POST",
            "/statements?method=PUT",
            Form($"{PutForm()}&Authorization={Escaped(RecordServer.Credentials)}&X-Experience-API-Version=1.0.3"),
            ("Authorization", null),
            (XapiVersions.Header, null));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCase("PUT", "statementId=x", "", "form-content")]
    [TestCase("POST", "", "", "form-content")]
    [TestCase("PATCH", "", "?method", "method")]
    [TestCase("GET", "X-Experience-API-Version=0.8", "", "version")]
    [TestCase("GET", "limit=1&limit=2", "?limit", "one-value")]
    [TestCase("GET", "colour=1", "?colour", "unknown-parameter")]
    public async Task AFormThatIsWrongSaysWhereAsync(string method, string form, string path, string rule) =>
        await (await PostAsync(method, form)).ExpectAsync(HttpStatusCode.BadRequest, path, rule);

    [Test]
    public async Task NothingStandsBesideTheMethodInTheAddressAsync() => await (await Server.CallAsync(
        "POST", $"/statements?method=PUT&statementId={Statements.Id(1)}", Form(PutForm())))
        .ExpectAsync(HttpStatusCode.BadRequest, "?statementId", "unknown-parameter");

    [Test]
    public async Task TheSecondVersionHasNoFormsAsync()
    {
        HttpResponseMessage answer =
            await Server.CallAsync("POST", "/statements?method=GET", Form("limit=1"), Version(Second));
        await answer.ExpectAsync(HttpStatusCode.BadRequest, "?method", "method");
    }

    [Test]
    public async Task OnlyAPostIsAFormAsync() => await (await Server.CallAsync(
        "PUT", "/statements?method=POST", Form(PutForm())))
        .ExpectAsync(HttpStatusCode.BadRequest, "?method", "unknown-parameter");

    [TestCase("/statements")]
    [TestCase("/about")]
    [TestCase("/activities?activityId=https%3A%2F%2Fexample.org%2Fa")]
    [TestCase("/agents?agent=%7B%22mbox%22%3A%22mailto%3Aa%40example.org%22%7D")]
    [TestCase("/activities/profile?activityId=https%3A%2F%2Fexample.org%2Fa")]
    public async Task AHeadIsAGetWithoutItsBodyAsync(string address)
    {
        HttpResponseMessage head = await Server.CallAsync("HEAD", address);
        HttpResponseMessage get = await Server.CallAsync("GET", address);
        Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(get.Content.Headers.ContentLength));
    }

    [TestCase("DELETE", "/statements", "GET, HEAD, PUT, POST")]
    [TestCase("POST", "/agents", "GET, HEAD")]
    [TestCase("POST", "/activities", "GET, HEAD")]
    [TestCase("PUT", "/about", "GET, HEAD")]
    [TestCase("PATCH", "/activities/state", "GET, HEAD, PUT, POST, DELETE")]
    public async Task AMethodThatAResourceLacksIsRefusedWithThoseThatItHasAsync(
        string method, string address, string allowed)
    {
        HttpResponseMessage answer = await Server.CallAsync(method, address, Json("{}"));
        await answer.ExpectAsync(HttpStatusCode.MethodNotAllowed, "", "method");
        Assert.That(string.Join(", ", answer.Content.Headers.Allow), Is.EqualTo(allowed));
    }

    private static HttpContent Form(string text) => Content(text, "application/x-www-form-urlencoded");

    private static string PutForm() =>
        $"statementId={Statements.Id(1)}&content={Escaped(Statements.Statement(1).ToJsonString())}";

    private Task<HttpResponseMessage> PostAsync(string method, string form) =>
        Server.CallAsync("POST", $"/statements?method={method}", Form(form));
}
