using System.Globalization;
using System.Text.Json;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>A seat gets another vote key, while its node is down and while it runs.</summary>
public sealed class RotationTests
{
    [Test]
    public async Task The_vote_key_of_a_node_that_is_down_is_replaced_and_then_that_of_a_live_one()
    {
        using GrowingConsortium consortium = await GrowingConsortium.StartAsync("rotation");
        DevnetNode down = consortium.Nodes[3];
        DevnetNode live = consortium.Nodes[2];

        // Its administrator has the key files and another member's node.
        await consortium.KillAsync(down);
        await RotateAsync(consortium, down, by: live);
        (_, ulong height) = await consortium.DecideAsync(live);
        await consortium.StartAsync(down);
        await consortium.ReachesAsync(down, height);
        await consortium.VotesAsync(down);

        // A node takes up its next key when it is started; its seat is voted for meanwhile by nobody.
        await consortium.StopAsync(live);
        await RotateAsync(consortium, live, by: down, beforeActivation: () => consortium.StartAsync(live));
        await consortium.VotesAsync(live);

        await DropOldAsync(consortium, live);
        await consortium.StartAsync(live);
        await consortium.VotesAsync(live);

        // With one node down every other is needed: those with new keys vote with them.
        await consortium.KillAsync(consortium.Nodes[0]);
        await consortium.DecideAsync(live);
    }

    [Test]
    public async Task An_old_key_that_the_seat_still_votes_with_is_not_dropped()
    {
        using GrowingConsortium consortium = await GrowingConsortium.StartAsync("drop-old");
        DevnetNode node = consortium.Nodes[0];
        await consortium.DecideAsync(node);
        await consortium.StopAsync(node);

        (await ProgramRun.NodeAsync("vote-key", "drop-old", "--home", node.Home)).Failed(2, "no old one");
        (await ProgramRun.NodeAsync("vote-key", "new", "--home", node.Home)).Done();
        (await ProgramRun.NodeAsync("vote-key", "new", "--home", node.Home)).Failed(2, "two at most");
        (await ProgramRun.NodeAsync("vote-key", "drop-old", "--home", node.Home)).Failed(1, "Activate");

        await consortium.StartAsync(node);
        await consortium.VotesAsync(node);
    }

    private static async Task RotateAsync(
        GrowingConsortium consortium, DevnetNode node, DevnetNode by, Func<Task>? beforeActivation = null)
    {
        (await ProgramRun.NodeAsync("vote-key", "new", "--home", node.Home)).Done();
        string admin = consortium.GuestOf(node, by);
        JsonElement rotated = await consortium.RunAsync(
            admin, "member", "rotate", "--vote-key", Path.Combine(node.Home, "vote-key.json"));
        string change = rotated.GetProperty("change").GetUInt64().ToString(CultureInfo.InvariantCulture);
        await (beforeActivation?.Invoke() ?? Task.CompletedTask);
        await consortium.RunAsync(admin, "member", "activate", change, "--wait", "60");
        Assert.That((await consortium.StatusAsync(by)).Epoch, Is.Positive);
    }

    private static async Task DropOldAsync(GrowingConsortium consortium, DevnetNode node)
    {
        await consortium.StopAsync(node);
        (await ProgramRun.NodeAsync("vote-key", "drop-old", "--home", node.Home)).Done();
    }
}
