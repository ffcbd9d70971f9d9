using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Configuration;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>What links do with stores that fail, records that are wrong, and learners who opted out.</summary>
public sealed class LinkTests
{
    [Test]
    public async Task AStoreThatIsDownIsShownWithItsErrorAndSinceWhenAndLeftAloneAndThenCaughtUpAsync()
    {
        FakeLrs lrs = new();
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.ForwardXapi, server.Address + "/xapi");
        rig.Store.AddAll([Statements.Intake(1)], "moodle");
        await using LinkSet links = rig.Start();
        await UntilAsync(() => lrs.Ids.Count == 1, "the first statement was not handed on");
        await server.KillAsync();
        DateTimeOffset since = rig.Clock.Now;
        rig.Store.AddAll([Statements.Intake(2)], "moodle");
        await UntilAsync(() => links.Statuses()[0].State == LinkState.Open, "the circuit did not open");
        LinkStatus down = links.Statuses()[0];
        await server.RestartAsync();
        await UntilAsync(() => lrs.Ids.Count == 2, "the second statement was not handed on");
        await UntilAsync(() => links.Statuses()[0].State == LinkState.Working, "the link did not recover");
        Assert.Multiple(() =>
        {
            Assert.That(down.Progress.FailingSince, Is.EqualTo(since));
            Assert.That(down.Progress.LastError, Does.Contain("cannot be reached").And.Not.Contain("other-secret"));
            Assert.That(links.Statuses()[0].Progress.FailingSince, Is.Null);
            Assert.That(lrs.Ids, Is.EqualTo(new[] { Statements.Id(1), Statements.Id(2) }));
        });
    }

    [Test]
    public async Task WrongCredentialsAreShownAndNotRetriedWithinARoundAsync()
    {
        FakeLrs lrs = new();
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/wrong");
        LinkException problem = (await Assert.ThrowsAsync<LinkException>(() => rig.RunAsync()))!;
        Assert.Multiple(() =>
        {
            Assert.That(problem.Message, Does.Contain("401"));
            Assert.That(server.Requests, Is.EqualTo(2), "about the store, and for statements");
        });
    }

    [Test]
    public async Task AStatementOfWhichTheOtherStoreHasAnotherOneIsKeptAsRefusedAndNotCountedAsMovedAsync()
    {
        JsonObject another = Statements.Statement(1);
        another["verb"] = new JsonObject { ["id"] = "https://example.org/verbs/another" };
        FakeLrs lrs = new() { CallsKnownOnesAConflict = true };
        lrs.Add(another, Statements.Statement(2));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.ForwardXapi, server.Address + "/xapi");
        rig.Store.AddAll([Statements.Intake(1), Statements.Intake(2), Statements.Intake(3)], "moodle");
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rig.Progress.Moved, Is.EqualTo(2), "the one that was there already, and the new one");
            Assert.That(
                rig.Refused().Select(one => one.Id), Is.EqualTo(new[] { Statements.Id(1) }));
            Assert.That(lrs.Ids, Is.EqualTo(new[] { Statements.Id(1), Statements.Id(2), Statements.Id(3) }));
        });
    }

    [Test]
    public async Task AWrongStatementStopsNothingAndIsKeptWithItsRuleAsync()
    {
        JsonObject wrong = Statements.Statement(2);
        wrong["verb"] = new JsonObject { ["id"] = "no iri" };
        JsonObject nameless = Statements.Statement(9);
        nameless["id"] = "";
        FakeLrs lrs = new();
        lrs.Add(Statements.Statement(1), wrong, nameless, Statements.Statement(3));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        await rig.RunAsync();
        await rig.RunAsync();
        IReadOnlyList<RefusedRecord> refused = rig.Refused();
        Assert.Multiple(() =>
        {
            Assert.That(
                rig.Ids(RecordType.XapiStatement), Is.EqualTo(new[] { Statements.Id(1), Statements.Id(3) }));
            Assert.That(rig.Progress.Refused, Is.EqualTo(2), "each is counted once, though it came twice");
            Assert.That(
                refused.Select(one => (one.Path, one.Rule)),
                Is.EquivalentTo(new[] { ("/verb/id", "iri"), ("/id", "required") }));
            Assert.That(
                refused.Single(one => one.Rule == "iri").Content.ToArray(), Does.Contain((byte)'{'));
        });
    }

    [Test]
    public async Task WhoWantsNothingStoredIsLeftOutAndNotKeptAsRefusedAsync()
    {
        FakeLrs lrs = new();
        lrs.Add(Statements.Statement(1), Statements.Statement(2, student: "quiet"));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi")
        {
            MayStore = actor => !actor.EndsWith("|quiet", StringComparison.Ordinal),
        };
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rig.Ids(RecordType.XapiStatement), Is.EqualTo(new[] { Statements.Id(1) }));
            Assert.That((rig.Progress.OptedOut, rig.Progress.Refused), Is.EqualTo((1, 0)));
        });
    }

    [Test]
    public async Task WhatTheOtherStoreRefusesIsSaidAndTheRestGoesOnAsync()
    {
        FakeLrs lrs = new() { RefusedVerb = "https://example.org/verbs/unwanted" };
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.ForwardXapi, server.Address + "/xapi");
        rig.Store.AddAll(
            [Statements.Intake(1), Statements.Intake(2, verb: lrs.RefusedVerb), Statements.Intake(3)], "moodle");
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(lrs.Ids, Is.EqualTo(new[] { Statements.Id(1), Statements.Id(3) }));
            Assert.That(rig.Refused().Single().Id, Is.EqualTo(Statements.Id(2)));
            Assert.That(rig.Progress.Moved, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task EventsThatComeWhileOpenLrwIsReadAreTakenTooAsync()
    {
        FakeOpenLrw lrw = new();
        lrw.Add(Enumerable.Range(1, 350).Select(FakeOpenLrw.Event));
        lrw.OnPage = page =>
        {
            if (page == 2)
            {
                lrw.OnPage = null;
                lrw.Add(Enumerable.Range(351, 150).Select(FakeOpenLrw.Event));
            }
        };
        await using FakeServer server = await FakeServer.StartAsync(lrw.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullOpenLrw, server.Address);
        await rig.RunAsync();
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rig.Ids(RecordType.CaliperEvent), Has.Count.EqualTo(500));
            Assert.That(lrw.Logins, Is.GreaterThan(1), "a token that ended was replaced");
            StoredRecord one = rig.All(RecordType.CaliperEvent)[0];
            Assert.That(one.VerbIri, Is.EqualTo("http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed"));
            Assert.That(one.ActorKey, Does.StartWith("caliper|https://example.edu/user/"));
            Assert.That(one.Authority, Is.EqualTo("link:other"));
        });
    }

    [Test]
    public async Task AnEventWithAnOldTimeIsFoundByTheNextSweepAsync()
    {
        FakeOpenLrw lrw = new();
        lrw.Add(Enumerable.Range(20_000, 150).Select(FakeOpenLrw.Event));
        await using FakeServer server = await FakeServer.StartAsync(lrw.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullOpenLrw, server.Address);
        await rig.RunAsync();
        lrw.Add(FakeOpenLrw.Event(1));
        await rig.RunAsync();
        int before = rig.Ids(RecordType.CaliperEvent).Count;
        rig.Clock.Now += TimeSpan.FromDays(2);
        await rig.RunAsync();
        Assert.That(
            (before, rig.Ids(RecordType.CaliperEvent).Count),
            Is.EqualTo((151, 151)).Or.EqualTo((150, 151)));
    }

    [Test]
    public async Task AVoidedStatementIsPulledWithWhatVoidsItAsync()
    {
        JsonObject voiding = Statements.Statement(2, "administrator", "http://adlnet.gov/expapi/verbs/voided");
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Statements.Id(1) };
        FakeLrs lrs = new();
        lrs.Add(Statements.Statement(1), voiding, Statements.Statement(3));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                rig.Ids(RecordType.XapiStatement),
                Is.EqualTo(new[] { Statements.Id(1), Statements.Id(2), Statements.Id(3) }));
            Assert.That(rig.Store.FindStatement(Statements.Id(1), isVoided: true), Is.Not.Null);
            Assert.That((rig.Progress.Moved, rig.Progress.Refused), Is.EqualTo((3, 0)));
        });
    }

    [Test]
    public async Task VoidedStatementsAndWhatVoidsThemAreHandedOnAsync()
    {
        JsonObject voiding = Statements.Statement(2, "administrator", "http://adlnet.gov/expapi/verbs/voided");
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Statements.Id(1) };
        FakeLrs lrs = new();
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.ForwardXapi, server.Address + "/xapi");
        rig.Store.AddAll([Statements.Intake(1)], "moodle");
        rig.Store.AddAll([Statements.Read(voiding.ToJsonString())], "moodle");
        await rig.RunAsync();
        Assert.That(lrs.Ids, Is.EqualTo(new[] { Statements.Id(1), Statements.Id(2) }));
    }

    [TestCase("""{"version":["1.0.3","2.0.0"]}""", "2.0.0", 0)]
    [TestCase("""{"version":["1.0.3"]}""", "1.0.3", 1)]
    [TestCase("no json", "1.0.3", 1)]
    public async Task AStoreIsSpokenToAndJudgedByTheNewestVersionThatItKnowsAsync(
        string about, string spoken, int refused)
    {
        JsonObject second = Statements.Statement(1);
        second["context"] = JsonNode.Parse(
            """{"contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@b.example"}}]}""");
        FakeLrs lrs = new() { About = about };
        lrs.Add(second);
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(lrs.Versions, Is.EqualTo(new[] { spoken }));
            Assert.That(rig.Progress.Refused, Is.EqualTo(refused));
        });
    }

    [TestCase("""{"id":"\ud800"}""")]
    [TestCase("""{"\ud800":1}""")]
    [TestCase("""{"id":"7c0a9a7b-7f0d-4f5b-9a29-000000000009","actor":"\udc00"}""")]
    [TestCase("[]")]
    public async Task AStatementThatCannotBeReadStopsNoneOfItsPageAsync(string raw)
    {
        FakeLrs lrs = new() { RawStatement = raw };
        lrs.Add(Statements.Statement(1));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rig.Ids(RecordType.XapiStatement), Is.EqualTo(new[] { Statements.Id(1) }));
            Assert.That(rig.Progress.Refused, Is.EqualTo(1));
            Assert.That(rig.Progress.Cursor, Is.Not.Empty);
        });
    }

    [Test]
    public async Task WhatTheOtherStoreSaysIsInNoErrorAsync()
    {
        await using FakeServer server = await FakeServer.StartAsync(static context =>
        {
            context.Response.StatusCode = 400;
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                context.Response, "mailto:learner@example.org is unknown");
        });
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        Assert.That(
            () => rig.RunAsync(),
            Throws.InstanceOf<LinkException>().With.Message.Contains("400").And.Message.Not.Contain("learner"));
    }

    [Test]
    public async Task ALaterSweepOfOpenLrwDoesNotCountWhoWantsNothingStoredAgainAsync()
    {
        FakeOpenLrw lrw = new();
        lrw.Add(Enumerable.Range(1, 3).Select(FakeOpenLrw.Event));
        await using FakeServer server = await FakeServer.StartAsync(lrw.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullOpenLrw, server.Address) { MayStore = static _ => false };
        await rig.RunAsync();
        long first = rig.Progress.OptedOut;
        rig.Clock.Now += TimeSpan.FromDays(2);
        await rig.RunAsync();
        Assert.That((first, rig.Progress.OptedOut), Is.EqualTo((3, 3)));
    }

    [TestCase("http://lrs.example/xapi")]
    [TestCase("ftp://lrs.example/xapi")]
    [TestCase("https://user:secret@lrs.example/xapi")]
    [TestCase("lrs.example")]
    [TestCase("https://lrs.example:port/")]
    [TestCase("https:///")]
    public void AnAddressThatWouldShowTheSecretIsRefused(string address) => Assert.That(
        () => new LinkSettings("other", LinkKind.PullXapi, address, "node").Require(),
        Throws.InstanceOf<ConfigurationException>());

    [Test]
    public async Task APageThatLeadsToAnotherHostIsNotFollowedAsync()
    {
        await using FakeServer server = await FakeServer.StartAsync(static context =>
            Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                context.Response, """{"statements":[],"more":"https://evil.example/statements"}"""));
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        Assert.That(() => rig.RunAsync(), Throws.InstanceOf<LinkException>().With.Message.Contains("another host"));
    }

    private static Task UntilAsync(Func<bool> condition, string otherwise) =>
        LinkRig.UntilAsync(condition, otherwise);
}
