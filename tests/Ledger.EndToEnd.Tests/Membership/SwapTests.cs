using System.Text.Json;
using Ledger.Client.Protos;
using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>The seat of a node that is gone is given to one that follows, as one step.</summary>
public sealed class SwapTests
{
    [Test]
    public async Task The_seat_of_a_killed_node_goes_to_an_observer_and_another_may_fail_again()
    {
        using GrowingConsortium consortium = await GrowingConsortium.StartAsync("swap");
        DevnetNode[] founders = [.. consortium.Nodes];
        DevnetNode gone = founders[3];
        DevnetNode observer = await consortium.JoinAsync(founders);
        string card = await GrowingConsortium.CardAsync(observer);
        (_, ulong height) = await consortium.DecideAsync(founders[0]);
        await consortium.ReachesAsync(observer, height);
        await consortium.KillAsync(gone);

        // A fifth seat beside the dead one would leave nobody who may fail; the plan says who is missing.
        await Waiting.UntilAsync("the plan sees that a node is gone", async () =>
        {
            (int code, JsonElement plan) = await consortium.TryAsync(
                founders[0].Key, "member", "plan", "--add", observer.Domain);
            return code == 0
                && plan.GetProperty("sets")[1].GetProperty("missing").GetString() == gone.Name
                && plan.ToString().Contains("no further validator may fail", StringComparison.Ordinal);
        });

        string change = await consortium.ApproveAsync(
            observer, founders[..3], "--swap", gone.Name, observer.Name, "--vote-key", card);
        await consortium.ActivateAsync(founders[0], change);
        await consortium.VotesAsync(observer);

        await consortium.KillAsync(founders[0]);
        await consortium.DecideAsync(observer);
        NodeStatus status = await consortium.StatusAsync(observer);
        Assert.That(status.Validators, Is.EqualTo(4));
        Assert.That(status.Epoch, Is.EqualTo(1));
    }

    [Test]
    public async Task A_change_for_which_too_few_are_ready_is_not_handed_in_and_says_who_is_missing()
    {
        using GrowingConsortium consortium = await GrowingConsortium.StartAsync("not-ready");
        DevnetNode[] founders = [.. consortium.Nodes];
        string change = await consortium.ApproveAsync(founders[0], founders[1..], "--remove", founders[1].Name);
        await consortium.KillAsync(founders[2]);
        await consortium.KillAsync(founders[3]);

        // Of three seats two are needed, and one is left.
        (int code, JsonElement answer) = await consortium.TryAsync(
            founders[0].Key, "member", "activate", change);
        Assert.That(code, Is.EqualTo(5), answer.ToString());
        Assert.That(answer.GetProperty("ready").GetInt32(), Is.EqualTo(1));
        Assert.That(answer.ToString(), Does.Contain(founders[2].Name + " is not connected"));
        await Waiting.UntilAsync("the plan sees that two nodes are gone", async () =>
        {
            (int planned, JsonElement plan) = await consortium.TryAsync(
                founders[0].Key, "member", "plan", "--remove", founders[1].Domain);
            return planned == 5 && plan.GetProperty("blockedBy").GetString()!.Contains(
                founders[2].Name, StringComparison.Ordinal);
        });

        await consortium.StartAsync(founders[2]);
        await consortium.StartAsync(founders[3]);
        await consortium.ActivateAsync(founders[0], change);
        await consortium.DecideAsync(founders[0]);
    }
}
