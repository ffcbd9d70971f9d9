using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Verification;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Faults;

// Cuts, delays and lost connections.
public sealed partial class FaultTests
{
    /// <summary>R = (f + 2) * Tmax of the protocol for four nodes.</summary>
    private static readonly TimeSpan HealBound = TimeSpan.FromSeconds(48);

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(2);

    /// <remarks>
    /// The block whose commits had been sent at the cut may still be decided: a node that lacks it learns it from its
    /// own half, at its next status. The one after it needs votes of both halves.
    /// </remarks>
    [Test]
    public async Task Two_halves_decide_nothing_and_go_on_once_they_meet()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(SomeMore, All);

        consortium.Net.CutOff(0, 1);
        ulong inFlight = (await HeightsAsync()).Max() + 1;
        await Waiting.UntilAsync("every node has given the leader up", async () =>
            (await StatusesAsync()).All(status => status.ChangingView));
        await Waiting.WhileAsync(
            "no node decides more than the block in flight at the cut", Watched,
            async () => (await HeightsAsync()).All(height => height <= inFlight));
        consortium.Net.Heal();
        TimeSpan healed = await traffic.TimeOfMoreAsync(1, All);

        Assert.That(healed, Is.LessThan(HealBound));
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task A_leader_that_hears_and_is_not_heard_is_replaced()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(SomeMore, All);

        int leader = await LeaderAsync();
        consortium.Net.Mute(leader);
        await traffic.MoreAsync(SomeMore, AllBut(leader));
        consortium.Net.Heal();
        TimeSpan healed = await traffic.TimeOfMoreAsync(1, leader);

        Assert.That(healed, Is.LessThan(HealBound));
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task Slow_lines_that_break_again_and_again_only_slow_it_down()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        using CancellationTokenSource enough = new();

        consortium.Net.DelayAll(TimeSpan.FromMilliseconds(200));
        Task<int> breaking = consortium.Net.ResetOneByOneAsync(seed: 1, enough.Token);
        await traffic.MoreAsync(1, All);
        await enough.CancelAsync();

        Assert.That(await breaking, Is.Positive);
        consortium.Net.Heal();
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task A_box_that_is_cut_off_decides_on_nobodys_rights()
    {
        Assert.That(await RefusalAsync(), Does.Contain("NO_RIGHT"));

        consortium.Net.CutOff(0);
        Assert.That(await RefusalAsync(), Does.Contain("UNAVAILABLE"));
        consortium.Net.Heal();

        await Waiting.UntilAsync("it decides again", async () =>
            (await RefusalAsync()).Contains("NO_RIGHT", StringComparison.Ordinal));
    }

    // What the first node's box says to a reader who has no right.
    private async Task<string> RefusalAsync()
    {
        Member asked = consortium.Members[0];
        Member reader = consortium.Members[1];
        Assert.That(TrustRoot.TryFromGenesis(consortium.Genesis, out TrustRoot? trust), Is.True);
        using SigningKey learner = SigningKey.Create();
        LedgerClientException? refusal = await Assert.ThrowsAsync<LedgerClientException>(() =>
            new BoxReader(new CallerIdentity(reader.Address, reader.Key), trust!).ReadAsync(
                asked.Client, asked.Key.PublicKey, new BoxQuery(asked.Address, learner.Address, Statements.Viewed),
                CancellationToken.None));
        return refusal!.Message;
    }

    private async Task<ulong[]> HeightsAsync() => [.. (await StatusesAsync()).Select(status => status.Height)];
}
