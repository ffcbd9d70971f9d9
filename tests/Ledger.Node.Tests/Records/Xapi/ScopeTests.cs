using System.Net;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

public sealed class ScopeTests : XapiFixture
{
    private static (string Name, string? Value) As(string key, string secret) => RecordServer.As(key, secret);

    [Test]
    public async Task WhoMayReadOnlyItsOwnFindsOnlyItsOwnAsync()
    {
        await Server.StoreAsync(Statements.Statement(1));
        HttpResponseMessage stored = await Server.CallAsync(
            "POST", "/statements", Json(Statements.Statement(2).ToJsonString()), As("writer", "w"));
        Assert.That(stored.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Server.FindAsync("limit=9", As("writer", "w")), Is.EqualTo(new[] { Statements.Id(2) }));
        Assert.That(await Server.FindAsync("limit=9", As("reader", "r")), Has.Length.EqualTo(2));
        HttpResponseMessage other =
            await Server.CallAsync("GET", $"/statements?statementId={Statements.Id(1)}", null, As("writer", "w"));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("POST", "/statements", "reader", "r")]
    [TestCase("PUT", "/activities/state?activityId=https%3A%2F%2Fa.org&stateId=x", "reader", "r")]
    [TestCase("GET", "/agents?agent=x", "writer", "w")]
    [TestCase("GET", "/activities/profile?activityId=https%3A%2F%2Fa.org", "writer", "w")]
    public async Task WhatIsNotInTheScopeIsRefusedAsync(string method, string address, string key, string secret)
    {
        HttpContent? content = method == "GET" ? null : Json(Statements.Statement(1).ToJsonString());
        await (await Server.CallAsync(method, address, content, As(key, secret)))
            .ExpectAsync(HttpStatusCode.Forbidden, "", "scope");
    }

    [Test]
    public async Task WhoMayNotDefineLeavesActivitiesAsTheyAreKnownAsync()
    {
        JsonObject statement = Statements.Statement(1);
        statement["object"] = JsonNode.Parse(
            """{"id":"https://example.org/a","definition":{"name":{"en":"Mine"}}}""");
        await Server.CallAsync("POST", "/statements", Json(statement.ToJsonString()), As("writer", "w"));
        JsonNode activity = await Server.ActivityAsync("https://example.org/a");
        Assert.That(activity["definition"], Is.Null);
    }

    [Test]
    public void ScopesHaveTheNamesOfTheStandard()
    {
        Assert.That(XapiScopeNames.Together(["statements/write", "state"]),
            Is.EqualTo(XapiScopes.StatementsWrite | XapiScopes.State));
        Assert.That(XapiScopeNames.Together(["all"]), Is.EqualTo(XapiScopes.All));
        Assert.That(XapiScopeNames.Together(["everything"]), Is.Null);
    }
}
