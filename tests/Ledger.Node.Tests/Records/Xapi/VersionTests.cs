using System.Net;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

public sealed class VersionTests : XapiFixture
{
    [TestCase("1.0", "1.0.3")]
    [TestCase("1.0.0", "1.0.3")]
    [TestCase("1.0.9", "1.0.3")]
    [TestCase("2.0", "2.0.0")]
    [TestCase("2.0.7", "2.0.0")]
    public async Task AnAnswerBearsTheLatestPatchOfTheVersionThatIsSpokenAsync(string asked, string answered)
    {
        HttpResponseMessage answer = await Server.CallAsync("GET", "/statements", null, Version(asked));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.GetValues(XapiVersions.Header), Is.EqualTo(new[] { answered }));
    }

    [TestCase(XapiVersion.V1, "1.0.3")]
    [TestCase(XapiVersion.V2, "2.0.0")]
    public async Task WhereNoneIsNamedTheSettingSaysWhichIsAnsweredAsync(XapiVersion assumed, string answered)
    {
        await using RecordServer server = await RecordServer.StartAsync(static _ => true, assumed);
        HttpResponseMessage refused = await server.CallAsync("GET", "/statements", null, (XapiVersions.Header, null));
        HttpResponseMessage about = await server.CallAsync("GET", "/about", null, (XapiVersions.Header, null));
        await refused.ExpectAsync(HttpStatusCode.BadRequest, "", "version");
        Assert.That(refused.Headers.GetValues(XapiVersions.Header), Is.EqualTo(new[] { answered }));
        Assert.That((await about.ReadAsync())["version"]!.AsArray()[^1]!.GetValue<string>(), Is.EqualTo(answered));
    }

    [Test]
    public async Task AClientOfTheFirstVersionHearsOfNoOtherAsync()
    {
        JsonNode first = await (await Server.CallAsync("GET", "/about")).ReadAsync();
        JsonNode second = await (await Server.CallAsync("GET", "/about", null, Version(Second))).ReadAsync();
        Assert.That(first["version"]!.ToJsonString(), Is.EqualTo("""["1.0.3"]"""));
        Assert.That(second["version"]!.ToJsonString(), Is.EqualTo("""["1.0.3","2.0.0"]"""));
    }

    [TestCase(First, "1.0.7", "1.0.7")]
    [TestCase(First, null, "1.0.0")]
    [TestCase(Second, null, "2.0.0")]
    [TestCase(Second, "2.0.0", "2.0.0")]
    [TestCase(Second, "1.0.0", "1.0.0")]
    public async Task AStatementKeepsTheVersionItCameWithAsync(string spoken, string? named, string kept)
    {
        JsonObject statement = Statements.Statement(1);
        if (named is not null)
        {
            statement["version"] = named;
        }

        await Server.StoreAsync(statement, spoken);
        JsonNode stored =
            await (await Server.CallAsync("GET", $"/statements?statementId={Statements.Id(1)}")).ReadAsync();
        Assert.That(stored["version"]!.GetValue<string>(), Is.EqualTo(kept));
    }

    [TestCase(First, "2.0.0")]
    [TestCase(First, "0.9.9")]
    [TestCase(First, "1.1.0")]
    [TestCase(Second, "3.0.0")]
    public async Task AStatementOfAVersionThatIsNotSpokenIsRefusedAsync(string spoken, string named)
    {
        JsonObject statement = Statements.Statement(1);
        statement["version"] = named;
        HttpResponseMessage answer =
            await Server.CallAsync("POST", "/statements", Json(statement.ToJsonString()), Version(spoken));
        await answer.ExpectAsync(HttpStatusCode.BadRequest, "/version", "version");
    }

    [TestCase(Second, HttpStatusCode.OK)]
    [TestCase(First, HttpStatusCode.BadRequest)]
    public async Task AgentsAndGroupsOfAContextCameWithTheSecondVersionAsync(string spoken, HttpStatusCode status)
    {
        JsonObject statement = Statements.Statement(1);
        statement["context"] = JsonNode.Parse(
            """
            {"contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@example.org"},
              "relevantTypes":["https://example.org/types/tutor"]}],
             "contextGroups":[{"objectType":"contextGroup",
               "group":{"objectType":"Group","mbox":"mailto:g@example.org"}}]}
            """);
        HttpResponseMessage answer =
            await Server.CallAsync("POST", "/statements", Json(statement.ToJsonString()), Version(spoken));
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        if (status == HttpStatusCode.OK)
        {
            string[] found = await Server.FindAsync($"related_agents=true&agent={Mailbox("a")}", Version(Second));
            Assert.That(found, Has.Length.EqualTo(1));
        }
    }

    [TestCase("""[{"objectType":"Agent","agent":{"mbox":"mailto:a@b.c"}}]""", "/0/objectType", "object-type")]
    [TestCase("""[{"objectType":"contextAgent","agent":{}}]""", "/0/agent", "one-identifier")]
    [TestCase(
        """[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@b.c"},"relevantTypes":[]}]""",
        "/0/relevantTypes", "not-empty")]
    [TestCase(
        """[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@b.c"},"relevantTypes":["x"]}]""",
        "/0/relevantTypes/0", "iri")]
    public async Task AgentsOfAContextKeepTheirRulesAsync(string agents, string path, string rule)
    {
        JsonObject statement = Statements.Statement(1);
        statement["context"] = new JsonObject { ["contextAgents"] = JsonNode.Parse(agents) };
        HttpResponseMessage answer =
            await Server.CallAsync("POST", "/statements", Json(statement.ToJsonString()), Version(Second));
        await answer.ExpectAsync(HttpStatusCode.BadRequest, "/context/contextAgents" + path, rule);
    }
}
