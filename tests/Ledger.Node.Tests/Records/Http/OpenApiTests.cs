using System.Net;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Xapi;

namespace Ledger.Node.Tests.Records.Http;

/// <summary>The description says what the endpoints do: its addresses, methods and parameters are theirs.</summary>
public sealed class OpenApiTests
{
    private const string Unknown = "noSuchParameter";

    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "PATCH"];

    private static readonly JsonNode Description = JsonNode.Parse(OpenApi.Description.Span)!;

    private FactsLedger ledger = null!;

    private RecordServer Server { get; set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        ledger = new FactsLedger();
        Server = await RecordServer.StartAsync(
            RecordServer.Options with
            {
                Credentials =
                [
                    new XapiCredential("moodle", "secret") { Scopes = XapiScopes.All | XapiScopes.GrantedRead },
                ],
                Granted = ledger.Granted(),
            },
            ledger.Of);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        ledger.Dispose();
    }

    [Test]
    public async Task ItIsServedToWhoeverAsksAsync()
    {
        using HttpClient stranger = new() { BaseAddress = Server.Address };
        using HttpResponseMessage answer = await stranger.GetAsync("/openapi.json");
        JsonNode served = await answer.ReadAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(served["openapi"]!.GetValue<string>(), Is.EqualTo("3.1.0"));
        });
    }

    [Test]
    public void ItsAddressesAreThoseThatAreAnswered() => Assert.That(
        Description["paths"]!.AsObject().Select(static path => path.Key), Is.EquivalentTo(Server.Routes));

    [Test]
    public async Task ItsMethodsAreThoseThatResourcesHaveAsync()
    {
        foreach ((string path, JsonNode? operations) in Description["paths"]!.AsObject())
        {
            foreach (string method in Methods)
            {
                using HttpResponseMessage answer = await CallAsync(method, path);
                bool isDescribed = operations!.AsObject().ContainsKey(method.ToLowerInvariant());
                Assert.That(
                    answer.StatusCode != HttpStatusCode.MethodNotAllowed,
                    Is.EqualTo(isDescribed),
                    $"{method} {path} answers {(int)answer.StatusCode}");
            }
        }
    }

    [Test]
    public async Task ItsParametersAreThoseThatAreReadAsync()
    {
        foreach ((string path, string method, JsonNode operation) in Operations())
        {
            string[] named = [.. InQuery(operation).Where(static name => name != "method")];
            foreach (string name in named)
            {
                string rule = await RuleOfAsync(method, $"{path}?{name}=x");
                Assert.That(rule, Is.Not.EqualTo("unknown-parameter"), $"{method} {path}: {name}");
            }

            if (named.Length > 0)
            {
                Assert.That(
                    await RuleOfAsync(method, $"{path}?{Unknown}=x"), Is.EqualTo("unknown-parameter"), path);
            }
        }
    }

    [Test]
    public async Task WhatItCallsRequiredIsRefusedWhenItIsMissingAsync()
    {
        foreach ((string path, string method, JsonNode operation) in Operations())
        {
            if (Parameters(operation).Any(static one => one["required"]!.GetValue<bool>() && IsInQuery(one)))
            {
                using HttpResponseMessage answer = await CallAsync(method, path);
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), $"{method} {path}");
            }
        }
    }

    [Test]
    public void ItsReferencesLeadSomewhereAndItsOperationsHaveNamesOfTheirOwn()
    {
        string text = Description.ToJsonString();
        string[] references =
        [
            .. text.Split("\"$ref\":\"#/").Skip(1).Select(static rest => rest.Split('"')[0]),
        ];
        string[] names = [.. Operations().Select(static one => one.Operation["operationId"]!.GetValue<string>())];
        Assert.Multiple(() =>
        {
            Assert.That(references.Where(static reference => Find(reference) is null), Is.Empty);
            Assert.That(names, Is.Unique);
        });
    }

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations() =>
        Description["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject().Select(
            operation => (path.Key, operation.Key.ToUpperInvariant(), operation.Value!)));

    private static IEnumerable<JsonNode> Parameters(JsonNode operation) =>
        (operation["parameters"]?.AsArray() ?? []).Select(static one =>
            one!["$ref"] is { } reference ? Find(reference.GetValue<string>()[2..])! : one);

    private static IEnumerable<string> InQuery(JsonNode operation) =>
        Parameters(operation).Where(IsInQuery).Select(static one => one["name"]!.GetValue<string>());

    private static bool IsInQuery(JsonNode parameter) => parameter["in"]!.GetValue<string>() == "query";

    private static JsonNode? Find(string reference)
    {
        JsonNode? node = Description;
        foreach (string step in reference.Split('/'))
        {
            node = node?[step];
        }

        return node;
    }

    private async Task<string> RuleOfAsync(string method, string address)
    {
        using HttpResponseMessage answer = await CallAsync(method, address);
        string text = await answer.Content.ReadAsStringAsync();
        return text.StartsWith("{\"error\"", StringComparison.Ordinal)
            ? JsonNode.Parse(text)!["rule"]!.GetValue<string>()
            : string.Empty;
    }

    private Task<HttpResponseMessage> CallAsync(string method, string address) => Server.Client.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), address)
        {
            Content = method is "GET" or "DELETE" ? null : XapiCalls.Json("{}"),
        });
}
