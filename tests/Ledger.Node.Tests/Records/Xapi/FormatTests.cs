using System.Text.Json.Nodes;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

public sealed class FormatTests : XapiFixture
{
    private const string Statement = """
        {"id":"7c0a9a7b-7f0d-4f5b-9a29-000000000001",
         "actor":{"objectType":"Group","name":"Team","member":[{"name":"A","mbox":"mailto:a@example.org"}]},
         "verb":{"id":"https://example.org/v","display":{"en-GB":"read","ja":"読んだ"}},
         "object":{"id":"https://example.org/a","definition":{"name":{"en-GB":"Course","ja":"科目"},
           "interactionType":"choice","choices":[{"id":"x","description":{"en-GB":"X","ja":"ば"}}]}},
         "context":{"contextActivities":{"parent":{"id":"https://example.org/p","definition":{"name":{"en":"P"}}}},
           "instructor":{"name":"I","mbox":"mailto:i@example.org"}}}
        """;

    [SetUp]
    public async Task StoreAsync() => await Server.StoreAsync(JsonNode.Parse(Statement)!);

    [Test]
    public async Task ExactGivesWhatCameAndListsWhereOneStoodAloneAsync()
    {
        JsonNode given = await GivenAsync("exact", null);
        JsonNode expected = JsonNode.Parse(Statement)!;
        JsonNode parent = expected["context"]!["contextActivities"]!["parent"]!.DeepClone();
        expected["context"]!["contextActivities"]!["parent"] = new JsonArray(parent);
        foreach (string name in new[] { "actor", "verb", "object", "context" })
        {
            Assert.That(JsonNode.DeepEquals(given[name], expected[name]), Is.True, name);
        }
    }

    [Test]
    public async Task IdsLeavesWhatIdentifiesAsync()
    {
        JsonNode given = await GivenAsync("ids", "ja");
        Assert.Multiple(() =>
        {
            Assert.That(
                given["actor"]!.ToJsonString(),
                Is.EqualTo("""{"member":[{"mbox":"mailto:a@example.org"}],"objectType":"Group"}"""));
            Assert.That(given["verb"]!.ToJsonString(), Is.EqualTo("""{"id":"https://example.org/v"}"""));
            Assert.That(given["object"]!.ToJsonString(), Is.EqualTo("""{"id":"https://example.org/a"}"""));
            Assert.That(
                given["context"]!["instructor"]!.ToJsonString(), Is.EqualTo("""{"mbox":"mailto:i@example.org"}"""));
            Assert.That(
                given["context"]!["contextActivities"]!["parent"]!.ToJsonString(),
                Is.EqualTo("""[{"id":"https://example.org/p"}]"""));
        });
    }

    [TestCase("ja", "ja")]
    [TestCase("fr, ja;q=0.5, en-GB;q=0.9", "en-GB")]
    [TestCase("en", "en-GB")]
    [TestCase(null, "en-GB")]
    [TestCase("en-GB;q=0, ja", "ja")]
    public async Task CanonicalChoosesTheLanguageThatIsLikedBestAsync(string? accepted, string language)
    {
        JsonNode given = await GivenAsync("canonical", accepted);
        JsonNode definition = given["object"]!["definition"]!;
        JsonNode[] maps = [definition["name"]!, definition["choices"]![0]!["description"]!, given["verb"]!["display"]!];
        Assert.That(
            maps.Select(map => string.Join(",", map.AsObject().Select(one => one.Key))), Is.All.EqualTo(language));
    }

    [Test]
    public async Task CanonicalTellsWhatOtherStatementsSaidOfTheActivityAsync()
    {
        JsonObject other = Statements.Statement(2);
        other["object"] = JsonNode.Parse(
            """{"id":"https://example.org/a","definition":{"type":"https://example.org/t","name":{"fr":"Cours"}}}""");
        await Server.StoreAsync(other);
        JsonNode given = await GivenAsync("canonical", "fr");
        JsonNode definition = given["object"]!["definition"]!;
        Assert.That(definition["name"]!.ToJsonString(), Is.EqualTo("""{"fr":"Cours"}"""));
        Assert.That(definition["type"]!.GetValue<string>(), Is.EqualTo("https://example.org/t"));
        JsonNode activity = await Server.ActivityAsync("https://example.org/a");
        Assert.That(activity["definition"]!["name"]!.AsObject(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task AnActivityThatNobodySpokeOfIsGivenByItsIdAsync()
    {
        JsonNode activity = await Server.ActivityAsync("https://example.org/z");
        Assert.That(
            activity.ToJsonString(), Is.EqualTo("""{"objectType":"Activity","id":"https://example.org/z"}"""));
    }

    [Test]
    public async Task AnAgentIsAPersonWithTheNamesItWasCalledAsync()
    {
        JsonObject other = Statements.Statement(2);
        other["actor"] = JsonNode.Parse("""{"name":"Other","mbox":"mailto:a@example.org"}""");
        await Server.StoreAsync(other);
        JsonNode person = await (await Server.CallAsync("GET", $"/agents?agent={Mailbox("a")}")).ReadAsync();
        Assert.That(
            person.ToJsonString(),
            Is.EqualTo("""{"objectType":"Person","mbox":["mailto:a@example.org"],"name":["A","Other"]}"""));
    }

    private async Task<JsonNode> GivenAsync(string format, string? languages) => await (await Server.CallAsync(
        "GET",
        $"/statements?statementId={Statements.Id(1)}&format={format}",
        null,
        ("Accept-Language", languages))).ReadAsync();
}
