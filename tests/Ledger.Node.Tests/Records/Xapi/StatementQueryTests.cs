using System.Net;
using System.Text.Json.Nodes;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

public sealed class StatementQueryTests : XapiFixture
{
    private const string Registration = "7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e09";

    [TestCase("actor", "actor", false)]
    [TestCase("object", "object", false)]
    [TestCase("member of the actor", "member", false)]
    [TestCase("instructor", "instructor", true)]
    [TestCase("member of the team", "mate", true)]
    [TestCase("actor of a sub-statement", "inner", true)]
    public async Task AnAgentIsFoundWhereItStandsAsync(string place, string name, bool isRelated)
    {
        await Server.StoreAsync(Everywhere());
        string[] direct = await Server.FindAsync($"agent={Mailbox(name)}");
        string[] related = await Server.FindAsync($"agent={Mailbox(name)}&related_agents=true");
        Assert.That(direct, Has.Length.EqualTo(isRelated ? 0 : 1), place);
        Assert.That(related, Has.Length.EqualTo(1), place);
    }

    [Test]
    public async Task TheAuthorityIsARelatedAgentAsync()
    {
        await Server.StoreAsync(Statements.List(1, 3));
        string authority = Escaped("""{"account":{"homePage":"https://ledger.example.org","name":"moodle"}}""");
        string stranger = Escaped("""{"account":{"homePage":"https://ledger.example.org","name":"bookroll"}}""");
        Assert.That(await Server.FindAsync($"agent={authority}"), Is.Empty);
        Assert.That(await Server.FindAsync($"agent={authority}&related_agents=true"), Has.Length.EqualTo(3));
        Assert.That(await Server.FindAsync($"agent={stranger}&related_agents=true"), Is.Empty);
    }

    [TestCase("https://example.org/object", false)]
    [TestCase("https://example.org/parent", true)]
    [TestCase("https://example.org/category", true)]
    [TestCase("https://example.org/inner", true)]
    public async Task AnActivityIsFoundWhereItStandsAsync(string activity, bool isRelated)
    {
        await Server.StoreAsync(Everywhere());
        string[] direct = await Server.FindAsync($"activity={Escaped(activity)}");
        string[] related = await Server.FindAsync($"activity={Escaped(activity)}&related_activities=true");
        Assert.That(direct, Has.Length.EqualTo(isRelated ? 0 : 1));
        Assert.That(related, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task ARegistrationIsFoundInEitherCaseAsync()
    {
        await Server.StoreAsync(Everywhere());
        Assert.That(await Server.FindAsync($"registration={Registration}"), Has.Length.EqualTo(1));
        Assert.That(await Server.FindAsync($"registration={Registration.ToUpperInvariant()}"), Has.Length.EqualTo(1));
        Assert.That(await Server.FindAsync($"registration={Statements.Id(9)}"), Is.Empty);
    }

    [Test]
    public async Task FiltersNarrowTogetherAndPagesLeadOnInEitherDirectionAsync()
    {
        for (int number = 0; number < 20; number++)
        {
            await Server.StoreAsync(Statements.Statement(number, $"student-{number % 2}"));
        }

        string agent = Escaped(Statements.Statement(0, "student-1")["actor"]!.ToJsonString());
        string query = $"agent={agent}&verb={Escaped(Statements.Viewed)}&limit=4";
        int[] odd = [.. Enumerable.Range(0, 10).Select(number => (2 * number) + 1)];
        Assert.That(await AllPagesAsync(query + "&ascending=true"), Is.EqualTo(odd.Select(Statements.Id)));
        Assert.That(await AllPagesAsync(query), Is.EqualTo(odd.Reverse().Select(Statements.Id)));
    }

    [Test]
    public async Task APageThatHoldsTheRestNamesNoNextOneAsync()
    {
        await Server.StoreAsync(Statements.List(0, 4));
        JsonNode page = await (await Server.CallAsync("GET", "/statements?limit=4")).ReadAsync();
        Assert.That(page["more"]!.GetValue<string>(), Is.Empty);
    }

    [Test]
    public async Task TimesOfStoringBoundAQueryAsync()
    {
        DateTimeOffset start = Server.Clock.Now;
        for (int number = 0; number < 9; number++)
        {
            Server.Clock.Now = start.AddSeconds(number);
            await Server.StoreAsync(Statements.Statement(number));
        }

        string since = Escaped(start.AddSeconds(2).ToString("o", null));
        string until = Escaped(start.AddSeconds(5).ToString("o", null));
        Assert.That(
            await Server.FindAsync($"since={since}&until={until}&ascending=true"),
            Is.EqualTo(new[] { 3, 4, 5 }.Select(Statements.Id)));
        Assert.That(
            await Server.FindAsync($"since={since}&verb={Escaped(Statements.Viewed)}"), Has.Length.EqualTo(6));
        Assert.That(await Server.FindAsync("until=2001-01-01T00:00:00Z"), Is.Empty);
    }

    [TestCase("statementId=%ID%&agent=x", "?agent", "unknown-parameter")]
    [TestCase("voidedStatementId=%ID%&limit=1", "?limit", "unknown-parameter")]
    [TestCase("statementId=%ID%&voidedStatementId=%ID%", "?statementId", "unknown-parameter")]
    [TestCase("StatementId=%ID%", "?StatementId", "unknown-parameter")]
    [TestCase("format=short", "?format", "format")]
    [TestCase("attachments=yes", "?attachments", "type")]
    [TestCase("related_agents=1", "?related_agents", "type")]
    [TestCase("registration=7", "?registration", "uuid")]
    [TestCase("activity=course", "?activity", "iri")]
    [TestCase("agent=%7B%22objectType%22%3A%22Group%22%2C%22member%22%3A%5B%5D%7D", "?agent", "one-identifier")]
    public async Task AParameterThatIsWrongIsNamedAsync(string query, string path, string rule)
    {
        HttpResponseMessage answer = await Server.CallAsync(
            "GET", "/statements?" + query.Replace("%ID%", Statements.Id(1), StringComparison.Ordinal));
        await answer.ExpectAsync(HttpStatusCode.BadRequest, path, rule);
    }

    private static JsonArray Everywhere() => JsonNode.Parse(
        """
        [{"actor":{"mbox":"mailto:actor@example.org"},"verb":{"id":"https://example.org/v"},
          "object":{"id":"https://example.org/object"},
          "context":{"registration":"REGISTRATION","instructor":{"mbox":"mailto:instructor@example.org"},
            "team":{"objectType":"Group","member":[{"mbox":"mailto:mate@example.org"}]},
            "contextActivities":{"parent":[{"id":"https://example.org/parent"}],
              "category":{"id":"https://example.org/category"}}}},
         {"actor":{"objectType":"Group","mbox":"mailto:group@example.org",
            "member":[{"mbox":"mailto:member@example.org"}]},
          "verb":{"id":"https://example.org/v"},"object":{"objectType":"Agent","mbox":"mailto:object@example.org"}},
         {"actor":{"mbox":"mailto:outer@example.org"},"verb":{"id":"https://example.org/v"},
          "object":{"objectType":"SubStatement","actor":{"mbox":"mailto:inner@example.org"},
            "verb":{"id":"https://example.org/w"},"object":{"id":"https://example.org/inner"}}}]
        """.Replace("REGISTRATION", Registration, StringComparison.Ordinal))!.AsArray();

    private async Task<List<string>> AllPagesAsync(string query)
    {
        List<string> found = [];
        string next = "/xAPI/statements?" + query;
        while (next.Length > 0)
        {
            JsonNode page = await (await Server.GetAsync(next)).ReadAsync();
            JsonArray statements = page["statements"]!.AsArray();
            Assert.That(statements, Has.Count.LessThanOrEqualTo(4));
            found.AddRange(statements.Select(statement => statement!["id"]!.GetValue<string>()));
            next = page["more"]!.GetValue<string>();
        }

        return found;
    }
}
