using Ledger.Client.Records;
using Ledger.Node.Granted;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Granted;

/// <summary>What a plain GET of xAPI asks of other institutions' boxes.</summary>
public sealed class GrantedParametersTests
{
    private const string Account = """{"account":{"homePage":"https://lms.example","name":"jo"}}""";

    private static readonly Address Learner = new(Enumerable.Repeat((byte)7, 32).ToArray());

    [Test]
    public void An_agent_is_a_learners_address_or_an_account_that_the_node_knows()
    {
        string byAddress = """{"account":{"homePage":"urn:learning-ledger:learner","name":"ADDRESS"}}"""
            .Replace("ADDRESS", Learner.ToString(), StringComparison.Ordinal);
        Assert.That(Of(("agent", byAddress)).Learner, Is.EqualTo(Learner));
        Assert.That(Of(("agent", Account)).Learner, Is.EqualTo(Learner));
        Refused("?agent", ("agent", Account.Replace("jo", "mia", StringComparison.Ordinal)));
        Refused("?agent");
    }

    [Test]
    public void Filters_are_those_of_xapi_and_what_is_not_known_is_refused()
    {
        GrantedQuery query = Of(
            ("agent", Account), ("verb", "urn:verb"), ("activity", "urn:course"), ("since", "2026-01-01T00:00:00Z"),
            ("limit", "2"), ("ascending", "true"), ("skip", "4"));
        Assert.That(
            (query.Verb, query.Limit, query.Skip, query.Ascending), Is.EqualTo(("urn:verb", 2, 4, true)));
        Assert.That(query.Filter!.Activities, Is.EqualTo(new[] { "urn:course" }));
        Assert.That(query.Filter.FromUnixMs, Is.EqualTo(1_767_225_600_000));
        Assert.That(Of(("agent", Account)).Filter, Is.Null);
        Assert.That(Of(("agent", Account), ("limit", "0")).Limit, Is.EqualTo(GrantedQuery.LimitMax));
        Assert.That(
            (Of(("agent", Account)).WithSuperseded, Of(("agent", Account), ("superseded", "true")).WithSuperseded),
            Is.EqualTo((false, true)));
        Refused("?registration", ("agent", Account), ("registration", "x"));
        Refused("?format", ("agent", Account), ("format", "ids"));
    }

    [Test]
    public void The_next_page_asks_the_same_from_where_this_one_ended() => Assert.That(
        GrantedParameters.NextPage(
            "/granted/xAPI/statements",
            new SortedDictionary<string, string> { ["agent"] = "{}", ["skip"] = "3" },
            6),
        Is.EqualTo("/granted/xAPI/statements?agent=%7B%7D&skip=6"));

    private static GrantedQuery Of(params (string Name, string Value)[] parameters) => GrantedParameters.Of(
        parameters.ToDictionary(static one => one.Name, static one => one.Value),
        static account => account == "https://lms.example|jo" ? Learner : null);

    private static void Refused(string path, params (string Name, string Value)[] parameters) => Assert.That(
        Assert.Throws<RecordFormatException>(() => Of(parameters))!.Path, Does.StartWith(path));
}
