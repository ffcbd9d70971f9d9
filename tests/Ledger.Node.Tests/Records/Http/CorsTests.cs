using System.Net;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Xapi;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>Whether a page in a browser may call the store: none may, but those of origins that are named.</summary>
public sealed class CorsTests
{
    private const string Tool = "https://tool.example.org";

    [Test]
    public async Task WithoutASettingNoPageIsAllowedAnythingAsync()
    {
        await using RecordServer server = await RecordServer.StartAsync();
        using HttpResponseMessage preflight = await PreflightAsync(server, Tool);
        using HttpResponseMessage read = await server.CallAsync("GET", "/statements", null, ("Origin", Tool));
        Assert.Multiple(() =>
        {
            Assert.That(Header(preflight, "Access-Control-Allow-Origin"), Is.Null);
            Assert.That(Header(read, "Access-Control-Allow-Origin"), Is.Null);
        });
    }

    [Test]
    public async Task ANamedOriginMaySendWhatXapiNeedsAndSeeItsHeadersAsync()
    {
        await using RecordServer server = await StartAsync();
        using HttpResponseMessage preflight = await PreflightAsync(server, Tool);
        using HttpResponseMessage read = await server.CallAsync("GET", "/statements", null, ("Origin", Tool));
        string[] shown = Header(read, "Access-Control-Expose-Headers")!.Split(',');
        Assert.Multiple(() =>
        {
            Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(Header(preflight, "Access-Control-Allow-Origin"), Is.EqualTo(Tool));
            Assert.That(Header(preflight, "Access-Control-Allow-Methods"), Does.Contain("PUT").And.Contain("DELETE"));
            Assert.That(
                Header(preflight, "Access-Control-Allow-Headers"),
                Does.Contain("Authorization").And.Contain(XapiVersions.Header).And.Contain("If-Match"));
            Assert.That(Header(preflight, "Access-Control-Allow-Credentials"), Is.Null);
            Assert.That(Header(read, "Access-Control-Allow-Origin"), Is.EqualTo(Tool));
            Assert.That(
                shown,
                Is.SupersetOf(new[] { "ETag", XapiVersions.Header, "X-Experience-API-Consistent-Through" }));
        });
    }

    [Test]
    public async Task AnotherOriginIsAllowedNothingAsync()
    {
        await using RecordServer server = await StartAsync();
        using HttpResponseMessage preflight = await PreflightAsync(server, "https://tool.example.org.evil.example");
        Assert.That(Header(preflight, "Access-Control-Allow-Origin"), Is.Null);
    }

    [TestCase("https://tool.example.org", true)]
    [TestCase("http://127.0.0.1:8080", true)]
    [TestCase("https://tool.example.org/", false)]
    [TestCase("*", false)]
    [TestCase("null", false)]
    [TestCase("file://x", false)]
    [TestCase("tool.example.org", false)]
    public void AnOriginIsWrittenAsBrowsersWriteIt(string text, bool isOrigin) =>
        Assert.That(RecordCors.IsOrigin(text), Is.EqualTo(isOrigin));

    private static Task<RecordServer> StartAsync() =>
        RecordServer.StartAsync(RecordServer.Options with { Origins = [Tool] });

    private static Task<HttpResponseMessage> PreflightAsync(RecordServer server, string origin) => server.CallAsync(
        "OPTIONS",
        "/statements",
        null,
        ("Origin", origin),
        ("Authorization", null),
        (XapiVersions.Header, null),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", $"authorization,{XapiVersions.Header},if-match"));

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(",", values) : null;
}
