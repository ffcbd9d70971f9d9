using System.Text;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Node.Configuration;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Tests.Records.Privacy;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>A link begins, changes and ends while the node runs.</summary>
public sealed class LinkWatchTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<string, string> secrets = new() { ["campus"] = "other-secret" };
    private string folder = string.Empty;

    private string LinksPath => Path.Combine(folder, LinksFile.FileName);

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("link-watch-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task ALinkThatIsAddedWorksAndOneThatIsRemovedEndsAsync()
    {
        FakeLrs lrs = new();
        lrs.Add(Statements.Statement(1));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address);
        await using LinkSet links = rig.Start([]);
        await using LinkWatch watch = Watch(links, () => secrets);
        LinksFile.Save(LinksPath, [Link("campus", server.Address + "/wrong")]);
        await LinkRig.UntilAsync(
            () => links.Statuses() is [{ State: not LinkState.Working }], "the link with a wrong address did not fail");
        LinksFile.Save(LinksPath, [Link("campus", server.Address + "/xapi")]);
        await LinkRig.UntilAsync(
            () => rig.Ids(RecordType.XapiStatement).Count == 1, "the link that was changed brought nothing");
        LinksFile.Save(LinksPath, []);
        await LinkRig.UntilAsync(() => links.Statuses().Count == 0, "the link that was removed did not end");
    }

    [Test]
    public async Task AFileThatCannotBeUsedLeavesTheLinksAsTheyAreAndIsLoggedAsync()
    {
        using CollectedLog log = new();
        await using FakeServer server = await FakeServer.StartAsync(new FakeLrs().AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address);
        LinksFile.Save(LinksPath, [Link("campus", server.Address + "/xapi")]);
        await using LinkSet links = rig.Start(Link("campus", server.Address + "/xapi"));
        await using LinkWatch watch = Watch(links, () => secrets, log.CreateLogger("links"));
        AtomicFile.Write(LinksPath, Encoding.UTF8.GetBytes("no list of links"), overwrite: true);
        await LinkRig.UntilAsync(() => log.Text.Contains("go on as they were"), "the fault was not logged");
        LinksFile.Save(LinksPath, [Link("campus", server.Address + "/xapi"), Link("other", server.Address + "/xapi")]);
        await LinkRig.UntilAsync(() => log.Text.Contains("no secret of link other"), "the fault was not logged");
        Assert.That(links.Statuses().Single().Settings.Name, Is.EqualTo("campus"));
    }

    [Test]
    public async Task WithoutAPasswordInAFileTheLogSaysThatARestartIsNeededAsync()
    {
        using CollectedLog log = new();
        await using FakeServer server = await FakeServer.StartAsync(new FakeLrs().AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address);
        await using LinkSet links = rig.Start([]);
        await using LinkWatch watch = Watch(links, static () => null, log.CreateLogger("links"));
        LinksFile.Save(LinksPath, [Link("campus", server.Address + "/xapi")]);
        await LinkRig.UntilAsync(() => log.Text.Contains("start the node again"), "the change was not logged");
        Assert.That(links.Statuses(), Is.Empty);
    }

    private LinkWatch Watch(
        LinkSet links, Func<IReadOnlyDictionary<string, string>?> openSecrets, ILogger? log = null) => new(
        LinksPath, FileStamp.Of(LinksPath), links, openSecrets, Often, TimeProvider.System,
        log ?? Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    private static LinkSettings Link(string name, string address) =>
        new(name, LinkKind.PullXapi, address, "node");
}
