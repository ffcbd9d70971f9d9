using System.Diagnostics;
using System.Net;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;

namespace Ledger.EndToEnd.Tests.Faults;

// A vote key that has signed more than its node remembers, or that two processes have: the node finds out from the
// others before it signs (S-8, S-9).
public sealed partial class FaultTests
{
    private const int Restored = 3;

    [Test]
    public async Task An_old_backup_follows_and_votes_for_nothing_until_its_operator_says_so()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await BackupAsync(traffic);
        await traffic.MoreAsync(SomeMore, All);
        await consortium.StopAsync(Restored);
        PutBack(Restored);

        await consortium.StartAsync(Restored);
        await Waiting.UntilAsync("it has stopped and not voted before", StoppedAsync);
        await traffic.MoreAsync(1, All);
        Assert.That((await StatusAsync(Restored)).Standing, Is.EqualTo(Standing.Stopped));
        Assert.That(Log(Restored), Does.Contain("does not vote").And.Contain("resume-voting"));

        await ResumeVotingAsync(traffic);
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task A_backup_older_than_a_vote_that_still_counts_stays_stopped_over_restarts()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await BackupAsync(traffic);

        // Two of four sign that they leave the view, and nothing of that is decided yet.
        await consortium.KillAsync(0, 1);
        await Waiting.UntilAsync("both have left the view", async () =>
            (await StatusAsync(2)).ChangingView && (await StatusAsync(Restored)).ChangingView);
        await consortium.StopAsync(Restored);
        PutBack(Restored);
        await consortium.StartAsync(Restored);
        await Waiting.UntilAsync("it has stopped and not voted before", StoppedAsync);
        await consortium.StartAsync(0, 1);
        await traffic.MoreAsync(SomeMore, 0, 1, 2);
        await consortium.StopAsync(Restored);
        await consortium.StartAsync(Restored);
        await traffic.MoreAsync(1, Restored);
        Assert.That((await StatusAsync(Restored)).Standing, Is.Not.EqualTo(Standing.Voting), "after a restart");

        await ResumeVotingAsync(traffic);
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task Of_two_processes_with_one_key_the_one_that_learns_of_the_other_stops()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(1, All);
        await consortium.StopAsync(Restored);
        DevnetNode twin = Twin(consortium.Nodes[Restored]);
        await consortium.StartAsync(Restored);
        await traffic.MoreAsync(1, Restored);

        // As after a move of a machine that was not switched off: some still call the old one.
        CallInstead(twin);
        NodeProcess.Start(twin, new Dictionary<string, string>());
        await NodeProcess.ServesAsync(twin);
        Stopwatch together = Stopwatch.StartNew();
        using Member second = Member.Of([twin])[0];
        await Waiting.UntilAsync("one of the two has stopped", async () =>
            (await StatusAsync(Restored)).Standing == Standing.Stopped
            || (await Heads.StatusAsync(second))?.Standing == Standing.Stopped);
        TestContext.Out.WriteLine($"stopped {together.Elapsed.TotalSeconds:F2} s after both served");
        await traffic.MoreAsync(SomeMore, 0, 1, 2);
        Assert.That(Log(Restored) + File.ReadAllText(twin.LogFile), Does.Contain("does not vote"));

        await NodeProcess.KillAsync(twin);
        CallInstead(consortium.Nodes[Restored]);
        await ResumeVotingAsync(traffic);
        await RequireNothingLostAsync(traffic);
    }

    private async Task BackupAsync(AcknowledgedTraffic traffic)
    {
        await traffic.MoreAsync(1, All);
        await consortium.StopAsync(Restored);
        string backup = consortium.SpareFolder("backup");
        if (Directory.Exists(backup))
        {
            Directory.Delete(backup, recursive: true);
        }

        NodeFiles.Copy(DataOf(Restored), backup);
        await consortium.StartAsync(Restored);
        await consortium.SettledAsync();
        await traffic.MoreAsync(1, Restored);
    }

    private async Task<bool> StoppedAsync()
    {
        Standing standing = (await StatusAsync(Restored)).Standing;
        Assert.That(standing, Is.Not.EqualTo(Standing.Voting));
        return standing == Standing.Stopped;
    }

    // What the operator does once no other process has the key and the node has caught up.
    private async Task ResumeVotingAsync(AcknowledgedTraffic traffic)
    {
        await traffic.MoreAsync(SomeMore, 0, 1, 2);
        ulong height = (await StatusAsync(0)).Height;
        await Waiting.UntilAsync(
            "it has caught up", async () => (await StatusAsync(Restored)).Height >= height);
        await consortium.StopAsync(Restored);
        NodeConfiguration configuration = NodeConfiguration.Load(consortium.Nodes[Restored].Home);
        Assert.That(ResumeVotingCommand.Run(configuration), Is.EqualTo(ExitCode.Done));
        await consortium.StartAsync(Restored);
        await LetFollowAsync(traffic);
        await consortium.SettledAsync();
    }

    // While two processes had its key, one may have waited for a decision that only the other heard of, and have left
    // its view alone: it votes again once the others leave theirs, as they do when the leader is gone.
    private async Task LetFollowAsync(AcknowledgedTraffic traffic)
    {
        await Waiting.UntilAsync(
            "it votes", async () => (await StatusAsync(Restored)).Standing == Standing.Voting);
        await traffic.MoreAsync(SomeMore, 0, 1, 2);
        if ((await StatusAsync(Restored)).ChangingView)
        {
            int leader = await LeaderAsync();
            TestContext.Out.WriteLine($"it left its view alone: leader {leader} is restarted");
            await consortium.StopAsync(leader);
            await traffic.MoreAsync(SomeMore, [.. AllBut(leader).Where(static place => place != Restored)]);
            await consortium.StartAsync(leader);
        }
    }

    private void CallInstead(DevnetNode node)
    {
        consortium.Net.Line(0, Restored).LeadTo(IPEndPoint.Parse(node.Peer));
        consortium.Net.Line(1, Restored).LeadTo(IPEndPoint.Parse(node.Peer));
    }

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
