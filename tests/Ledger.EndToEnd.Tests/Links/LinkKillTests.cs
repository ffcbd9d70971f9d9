using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Node.Tests.Records.Connectors;

namespace Ledger.EndToEnd.Tests.Links;

/// <summary>
/// kill -9 of a node whose links are at work, begun while it ran: all statements arrive once, in their order.
/// </summary>
public sealed class LinkKillTests
{
    private const int Linked = 0;
    private const int Kills = 4;
    private const int StatementsOfRound = 400;
    private const string Secret = "other-secret";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private TestConsortium consortium = null!;

    [OneTimeSetUp]
    public async Task Start() => consortium = await TestConsortium.StartAsync("links");

    [OneTimeTearDown]
    public void Stop() => consortium?.Dispose();

    [Test]
    public async Task What_is_pulled_and_handed_on_by_a_node_that_is_killed_arrives_once_in_its_order()
    {
        FakeLrs source = new();
        FakeLrs target = new();
        await using FakeServer from = await FakeServer.StartAsync(source.AnswerAsync);
        await using FakeServer to = await FakeServer.StartAsync(target.AnswerAsync);
        await AddLinkAsync("source", "pull-xapi", from.Address);
        await AddLinkAsync("target", "forward-xapi", to.Address);
        for (int round = 0; round < Kills; round++)
        {
            int before = target.Ids.Count;
            source.Add(Enumerable.Range((round * StatementsOfRound) + 1, StatementsOfRound).Select(Statement));
            await Waiting.UntilAsync(
                "some of a round are handed on", Patience, () => Task.FromResult(target.Ids.Count > before));
            await consortium.KillAsync(Linked);
            await consortium.StartAsync(Linked);
        }

        await Waiting.UntilAsync(
            "all are handed on", Patience, () => Task.FromResult(target.Ids.Count >= Kills * StatementsOfRound));
        LinkList links = await consortium.Members[Linked].Client.ListLinksAsync(CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(target.Ids, Is.EqualTo(source.Ids));
            Assert.That(links.Links.Select(link => link.State), Is.All.EqualTo("working"));
            Assert.That(links.Links.Select(link => link.Refused), Is.All.Zero);
            Assert.That(
                File.ReadAllText(consortium.Nodes[Linked].LogFile), Does.Not.Contain(Secret), "a secret in the log");
        });
    }

    private async Task AddLinkAsync(string name, string kind, string address)
    {
        DevnetNode node = consortium.Nodes[Linked];
        string file = Path.Combine(node.Home, name + ".secret");
        Ledger.Client.Keys.AtomicFile.Write(file, System.Text.Encoding.UTF8.GetBytes(Secret), overwrite: false);
        await NodeProgram.RunAsync(
            "link", "add", "--home", node.Home, "--name", name, "--kind", kind, "--address", address + "/xapi",
            "--user", "node", "--secret-file", file);
        File.Delete(file);
    }

    private static JsonObject Statement(int number) => new()
    {
        ["id"] = $"7c0a9a7b-7f0d-4f5b-9a29-{number.ToString("x12", CultureInfo.InvariantCulture)}",
        ["timestamp"] = "2026-06-03T09:15:00Z",
        ["actor"] = new JsonObject
        {
            ["account"] = new JsonObject { ["homePage"] = "https://lms.example.org", ["name"] = "student-17" },
        },
        ["verb"] = new JsonObject { ["id"] = "http://id.tincanapi.com/verb/viewed" },
        ["object"] = new JsonObject { ["id"] = "https://lms.example.org/course/view.php?id=2" },
    };
}
