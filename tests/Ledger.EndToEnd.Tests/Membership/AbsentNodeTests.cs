using System.Globalization;
using System.Text.Json;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>A node that was away while every other one changed its vote key.</summary>
public sealed class AbsentNodeTests
{
    private const int Absent = 3;

    [Test]
    public async Task A_node_that_knows_no_vote_key_of_the_others_any_more_catches_up_and_votes()
    {
        using GrowingConsortium consortium = await GrowingConsortium.StartAsync("absent");
        DevnetNode absent = consortium.Nodes[Absent];
        DevnetNode[] others = [.. consortium.Nodes.Take(Absent)];
        (_, ulong before) = await consortium.DecideAsync(others[0]);
        await consortium.ReachesAsync(absent, before);
        await consortium.KillAsync(absent);
        foreach (DevnetNode node in others)
        {
            await ReplaceKeyAsync(consortium, node);
        }

        (_, ulong height) = await consortium.DecideAsync(others[0]);
        await consortium.StartAsync(absent);
        await consortium.ReachesAsync(absent, height);
        await consortium.VotesAsync(absent);

        // With another one down its vote is needed.
        await consortium.KillAsync(others[0]);
        await consortium.DecideAsync(others[1]);
    }

    // With one node away all others are needed: each is back and votes before the next one changes its key.
    private static async Task ReplaceKeyAsync(GrowingConsortium consortium, DevnetNode node)
    {
        await consortium.StopAsync(node);
        (await ProgramRun.NodeAsync("vote-key", "new", "--home", node.Home)).Done();
        await consortium.StartAsync(node);
        await consortium.VotesAsync(node);
        JsonElement rotated = await consortium.RunAsync(
            node.Key, "member", "rotate", "--vote-key", Path.Combine(node.Home, "vote-key.json"));
        string change = rotated.GetProperty("change").GetUInt64().ToString(CultureInfo.InvariantCulture);
        await consortium.ActivateAsync(node, change);
        await consortium.StopAsync(node);
        (await ProgramRun.NodeAsync("vote-key", "drop-old", "--home", node.Home)).Done();
        await consortium.StartAsync(node);
        await consortium.VotesAsync(node);
    }
}
