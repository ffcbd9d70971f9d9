using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Xapi;

/// <summary>Calls of the xAPI resources, and what is expected of their answers.</summary>
internal static class XapiCalls
{
    public const string First = "1.0.3";
    public const string Second = "2.0.0";

    /// <summary>
    /// Calls a resource by its path below /xAPI; a header that is given replaces what is sent otherwise.
    /// </summary>
    public static async Task<HttpResponseMessage> CallAsync(
        this RecordServer server,
        string method,
        string address,
        HttpContent? content = null,
        params (string Name, string? Value)[] headers)
    {
        using HttpClient client = new() { BaseAddress = server.Address };
        using HttpRequestMessage request = new(new HttpMethod(method), "/xAPI" + address) { Content = content };
        Dictionary<string, string?> all = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Authorization"] = RecordServer.Credentials,
            [XapiVersions.Header] = First,
        };
        foreach ((string name, string? value) in headers)
        {
            all[name] = value;
        }

        foreach ((string name, string? value) in all)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await client.SendAsync(request);
    }

    public static (string Name, string? Value) Version(string version) => (XapiVersions.Header, version);

    public static HttpContent Content(string text, string type)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public static HttpContent Json(string text) => Content(text, "application/json");

    /// <summary>Stores a statement, or a list.</summary>
    public static async Task StoreAsync(this RecordServer server, JsonNode statements, string version = First)
    {
        HttpResponseMessage answer =
            await server.CallAsync("POST", "/statements", Json(statements.ToJsonString()), Version(version));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
    }

    public static async Task<JsonNode> ReadAsync(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    /// <summary>The ids of the statements that a query finds, in the order of the answer.</summary>
    public static async Task<string[]> FindAsync(
        this RecordServer server, string query, params (string Name, string? Value)[] headers)
    {
        HttpResponseMessage answer = await server.CallAsync("GET", "/statements?" + query, null, headers);
        JsonNode page = await answer.ReadAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page.ToJsonString());
        return [.. page["statements"]!.AsArray().Select(statement => statement!["id"]!.GetValue<string>())];
    }

    /// <summary>What the store knows of an activity.</summary>
    public static async Task<JsonNode> ActivityAsync(this RecordServer server, string id) =>
        await (await server.CallAsync("GET", $"/activities?activityId={Escaped(id)}")).ReadAsync();

    public static async Task ExpectAsync(
        this HttpResponseMessage answer, HttpStatusCode status, string path, string rule)
    {
        JsonNode error = await answer.ReadAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(status), error.ToJsonString());
            Assert.That(error["path"]!.GetValue<string>(), Is.EqualTo(path));
            Assert.That(error["rule"]!.GetValue<string>(), Is.EqualTo(rule));
        });
    }

    public static string Escaped(string text) => Uri.EscapeDataString(text);

    public static string Mailbox(string name) => Escaped($$"""{"mbox":"mailto:{{name}}@example.org"}""");
}
