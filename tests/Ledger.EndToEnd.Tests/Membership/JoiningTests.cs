using System.Text.Json;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Primitives;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>A fifth institution gets a seat, and the leader of the moment loses its own.</summary>
public sealed class JoiningTests
{
    [Test]
    public async Task A_fifth_institution_follows_gets_a_seat_and_votes_and_then_the_leader_is_removed()
    {
        using GrowingConsortium consortium = await GrowingConsortium.StartAsync("joining");
        DevnetNode[] founders = [.. consortium.Nodes];
        List<Hash256> proved = [(await consortium.DecideAsync(founders[0])).Id];
        DevnetNode fifth = await consortium.JoinAsync(founders);

        // It follows without a seat, and is heard.
        (_, ulong height) = await consortium.DecideAsync(founders[1]);
        await consortium.ReachesAsync(fifth, height);
        await FeasibleAsync(consortium, founders[0], fifth);

        string change = await consortium.ApproveAsync(
            fifth, founders, "--add", "me", "--vote-key", await GrowingConsortium.CardAsync(fifth));
        JsonElement activated = await consortium.ActivateAsync(fifth, change);
        Assert.That(activated.GetProperty("validators").GetInt32(), Is.EqualTo(5));
        await consortium.VotesAsync(fifth);
        proved.Add((await consortium.DecideAsync(fifth)).Id);

        DevnetNode leader = await LeaderAsync(consortium, fifth);
        DevnetNode[] others = [.. consortium.Nodes.Where(node => node != leader)];
        change = await consortium.ApproveAsync(others[0], others[1..], "--remove", leader.Name);
        await consortium.ActivateAsync(others[0], change);
        (Hash256 last, height) = await consortium.DecideAsync(others[0]);
        proved.Add(last);
        await consortium.ReachesAsync(leader, height);
        NodeStatus removed = await consortium.StatusAsync(leader);
        Assert.That(removed.IsValidator, Is.False);
        Assert.That(removed.Standing, Is.EqualTo(Standing.Observer));
        Assert.That(removed.Validators, Is.EqualTo(4));

        // Proofs from before, between and after verify without any node, over both changes.
        foreach (Hash256 id in proved)
        {
            await VerifyAsync(consortium, others[0], id);
        }
    }

    private static async Task FeasibleAsync(GrowingConsortium consortium, DevnetNode asked, DevnetNode joining) =>
        await Waiting.UntilAsync($"the plan to add {joining.Name} is feasible", async () =>
        {
            (int code, JsonElement plan) = await consortium.TryAsync(
                asked.Key, "member", "plan", "--add", joining.Domain);
            return code == 0 && plan.GetProperty("joining").GetString() == joining.Name;
        });

    private static async Task<DevnetNode> LeaderAsync(GrowingConsortium consortium, DevnetNode asked)
    {
        Address leader = new((await consortium.StatusAsync(asked)).Leader.Span);
        return consortium.Nodes.Single(node => consortium.MemberOf(node).Address == leader);
    }

    private static async Task VerifyAsync(GrowingConsortium consortium, DevnetNode node, Hash256 id)
    {
        string file = consortium.File(id.ToString()[..8] + ".proof");
        await consortium.RunAsync(node.Key, "receipt", "get", id.ToString(), "--out", file);
        JsonElement verified = await consortium.RunAsync(
            node.Key, "verify", file, "--genesis", consortium.GenesisFile);
        Assert.That(verified.GetProperty("verdict").GetString(), Is.EqualTo("pass"));
    }
}
