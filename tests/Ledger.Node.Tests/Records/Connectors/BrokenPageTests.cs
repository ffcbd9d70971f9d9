using Ledger.Client.Records;
using Ledger.Node.Records.Connectors;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>A page or a record that is no JSON holds up nothing that can be passed over safely.</summary>
public sealed class BrokenPageTests
{
    private const string NoJson =
        """{"id":"7c0a9a7b-7f0d-4f5b-9a29-000000000082","actor":mailto:learner@example.org}""";

    [Test]
    public async Task AStatementThatSpoilsItsPageIsKeptAsideAndTheOthersAreTakenAsync()
    {
        FakeLrs lrs = new();
        lrs.Add(Enumerable.Range(1, 129).Select(static number => Statements.Statement(number)));
        lrs.Add(FakeLrs.Broken(Statements.Statement(130), NoJson));
        lrs.Add(Enumerable.Range(131, 300).Select(static number => Statements.Statement(number)));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        await rig.RunAsync();
        await rig.RunAsync();
        RefusedRecord aside = rig.Refused().Single();
        Assert.Multiple(() =>
        {
            Assert.That(
                rig.Ids(RecordType.XapiStatement), Is.EqualTo(lrs.Ids.Where(static id => id != Statements.Id(130))));
            Assert.That((aside.Id, aside.Rule), Is.EqualTo((Statements.Id(130), "json.syntax")));
            Assert.That(aside.Message, Does.Not.Contain("learner"));
            Assert.That(System.Text.Encoding.UTF8.GetString(aside.Content.Span), Is.EqualTo(NoJson));
            Assert.That(rig.Progress.Refused, Is.EqualTo(1), "it came more than once");
        });
    }

    [Test]
    public async Task AStatementThatSpoilsTheLastPageDoesNotKeepTheLinkFromWhatComesAsync()
    {
        FakeLrs lrs = new();
        lrs.Add(Statements.Statement(1));
        lrs.Add(FakeLrs.Broken(Statements.Statement(2), NoJson));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        await rig.RunAsync();
        lrs.Add(Statements.Statement(3));
        await rig.RunAsync();
        Assert.That(
            rig.Ids(RecordType.XapiStatement), Is.EqualTo(new[] { Statements.Id(1), Statements.Id(3) }));
    }

    [Test]
    public async Task AnAnswerOfWhichNothingCanBeReadHoldsTheLinkAndIsNotQuotedAsync()
    {
        await using FakeServer server = await FakeServer.StartAsync(
            static context => context.Response.WriteAsync("<html>mailto:learner@example.org</html>"));
        foreach (LinkKind kind in new[] { LinkKind.PullXapi, LinkKind.PullOpenLrw })
        {
            using LinkRig rig = new(kind, server.Address);
            LinkException problem = (await Assert.CatchAsync<LinkException>(() => rig.RunAsync(), kind.ToString()))!;
            Assert.That(problem.ToString(), Does.Not.Contain("learner").And.Not.Contain("'<'"));
            Assert.That(rig.Progress.Cursor, Is.Empty);
        }
    }

    [TestCase("17", "record.object")]
    [TestCase("""{"id":"\ud800"}""", "json.syntax")]
    [TestCase("""{"id":"a","id":"b"}""", "json.syntax")]
    [TestCase("""{"eventTime":-99999999999}""", "not-empty")]
    public async Task AnEventOfOpenLrwThatIsNoneSpoilsNoPageAsync(string text, string rule)
    {
        FakeOpenLrw lrw = new();
        lrw.Add(FakeOpenLrw.Event(1), FakeOpenLrw.Broken(2, text), FakeOpenLrw.Event(3));
        await using FakeServer server = await FakeServer.StartAsync(lrw.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullOpenLrw, server.Address);
        await rig.RunAsync();
        Assert.That(rig.Ids(RecordType.CaliperEvent), Has.Count.EqualTo(2));
        Assert.That(rig.Refused().Single().Rule, Is.EqualTo(rule));
        Assert.That(rig.Progress.Cursor, Does.StartWith("- "), "the sweep ended");
    }

    [Test]
    public async Task AnEventThatIsNoJsonIsKeptAsideAndTheRestOfItsPageTakenAsync()
    {
        FakeOpenLrw lrw = new();
        lrw.Add(Enumerable.Range(1, 250).Select(static number => number == 77
            ? FakeOpenLrw.Broken(number, "{no JSON of learner@example.org")
            : FakeOpenLrw.Event(number)));
        await using FakeServer server = await FakeServer.StartAsync(lrw.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullOpenLrw, server.Address);
        await rig.RunAsync();
        await rig.RunAsync();
        RefusedRecord aside = rig.Refused().Single();
        Assert.Multiple(() =>
        {
            Assert.That(rig.Ids(RecordType.CaliperEvent), Has.Count.EqualTo(249));
            Assert.That((aside.Rule, rig.Progress.Refused), Is.EqualTo(("page", 1)));
            Assert.That(aside.Message, Does.Not.Contain("learner"));
            Assert.That(rig.Progress.Cursor, Does.StartWith("- "), "the sweep ended");
        });
    }
}
