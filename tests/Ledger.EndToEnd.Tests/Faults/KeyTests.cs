using System.Net;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Node.Configuration;

namespace Ledger.EndToEnd.Tests.Faults;

/// <summary>
/// A vote key that has signed more than its node remembers, or that two processes have: the node finds out from the
/// others before it signs (S-8, S-9).
/// </summary>
public sealed class KeyTests
{
    private const int Restored = 3;
    private const int SomeMore = 5;

    private static readonly int[] Others = [0, 1, 2];

    private TestConsortium consortium = null!;

    [SetUp]
    public async Task Start() => consortium = await TestConsortium.StartApartAsync("key");

    [TearDown]
    public async Task Stop()
    {
        if (consortium is not null)
        {
            await consortium.DisposeAsync();
        }
    }

    [Test]
    public async Task An_old_backup_votes_for_nothing_before_it_has_caught_up()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(1, 0, 1, 2, 3);
        await consortium.StopAsync(Restored);
        Backup(Restored);
        await consortium.StartAsync(Restored);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);
        await consortium.StopAsync(Restored);
        PutBack(Restored);
        await traffic.MoreAsync(1, Others);
        ulong head = (await StatusAsync(0)).Height;

        await consortium.StartAsync(Restored);
        NodeStatus standing = await Waiting.ForAsync("the node votes, or stops", async () =>
            await StatusAsync(Restored) is { Standing: Standing.Voting or Standing.Stopped } status ? status : null);

        Assert.That(standing.Standing, Is.EqualTo(Standing.Voting), "what it signed then is over");
        Assert.That(standing.Height, Is.GreaterThanOrEqualTo(head), "the height at which it votes");
        await traffic.MoreAsync(1, Restored);
        await traffic.RequireNothingLostAsync();
        NodeLogs.RequireNoEvidence(consortium.Nodes);
    }

    [Test]
    public async Task A_backup_older_than_a_vote_that_still_counts_never_votes_again()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(1, 0, 1, 2, 3);
        await consortium.StopAsync(Restored);
        Backup(Restored);
        await consortium.StartAsync(Restored);
        await traffic.MoreAsync(1, Restored);

        // Two of four sign that they leave the view, and nothing of that is ever decided.
        await consortium.KillAsync(0, 1);
        await Waiting.UntilAsync("both have left the view", async () =>
            (await StatusAsync(2)).ChangingView && (await StatusAsync(Restored)).ChangingView);
        await consortium.StopAsync(Restored);
        PutBack(Restored);
        await consortium.StartAsync(Restored);
        await Waiting.UntilAsync("it has stopped", async () =>
            (await StatusAsync(Restored)).Standing == Standing.Stopped);
        await consortium.StartAsync(0, 1);
        await traffic.MoreAsync(SomeMore, Others);
        await consortium.StopAsync(Restored);
        await consortium.StartAsync(Restored);
        await traffic.MoreAsync(1, Restored);

        Assert.That((await StatusAsync(Restored)).Standing, Is.EqualTo(Standing.Stopped), "after a restart");
        Assert.That(Log(Restored), Does.Contain("does not vote").And.Contain("resume-voting"));
        await traffic.RequireNothingLostAsync();
    }

    [Test]
    public async Task Of_two_processes_with_one_key_the_one_that_learns_of_the_other_stops()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(1, 0, 1, 2, 3);
        await consortium.StopAsync(Restored);
        DevnetNode twin = Twin(consortium.Nodes[Restored]);
        await consortium.StartAsync(Restored);
        await traffic.MoreAsync(1, Restored);

        // As after a move of a machine that was not switched off: some still call the old one.
        consortium.Net.Line(0, Restored).LeadTo(IPEndPoint.Parse(twin.Peer));
        consortium.Net.Line(1, Restored).LeadTo(IPEndPoint.Parse(twin.Peer));
        NodeProcess.Start(twin, new Dictionary<string, string>());
        await NodeProcess.ServesAsync(twin);
        using Member second = Member.Of([twin])[0];
        await Waiting.UntilAsync("one of the two has stopped", async () =>
            (await StatusAsync(Restored)).Standing == Standing.Stopped
            || (await Heads.StatusAsync(second))?.Standing == Standing.Stopped);
        await traffic.MoreAsync(SomeMore, Others);

        Assert.That(Log(Restored) + File.ReadAllText(twin.LogFile), Does.Contain("does not vote"));
        await traffic.StopAsync();
        await Heads.RequireEqualAsync(consortium.Members[..Restored], traffic.Acknowledged.Values.Max());
    }

    private Task<NodeStatus> StatusAsync(int place) =>
        consortium.Members[place].Client.GetStatusAsync(CancellationToken.None);

    private string Log(int place) => File.ReadAllText(consortium.Nodes[place].LogFile);

    private void Backup(int place) => NodeFiles.Copy(DataOf(place), consortium.SpareFolder("backup"));

    private void PutBack(int place)
    {
        Directory.Delete(DataOf(place), recursive: true);
        NodeFiles.Copy(consortium.SpareFolder("backup"), DataOf(place));
    }

    private string DataOf(int place) => Path.Combine(consortium.Nodes[place].Home, "data");

    /// <summary>A copy of a node that does not run, with everything but its ports.</summary>
    private DevnetNode Twin(DevnetNode node)
    {
        string home = consortium.SpareFolder("twin");
        NodeFiles.Copy(node.Home, home);
        DevnetNode free = DevnetPlan.New(home, DevnetPlan.NodesMin, _ => IPAddress.Loopback).Nodes[0];
        DevnetNode twin = node with { Home = home, Peer = free.Peer, Api = free.Api, Lrs = free.Lrs };
        NodeConfiguration configuration = NodeConfiguration.Load(home) with
        {
            PeerListen = twin.Peer,
            ApiListen = twin.Api,
            LrsListen = twin.Lrs,
        };
        configuration.Save();
        return twin;
    }
}
