using Ledger.Client.Protos;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Faults;

/// <summary>
/// Cuts, delays and lost connections between four processes under load. Each test leaves a healed network behind, and
/// requires that nothing that was acknowledged is lost.
/// </summary>
public sealed class NetworkTests
{
    private const int SomeMore = 3;

    /// <summary>R = (f + 2) * Tmax of the protocol for four nodes.</summary>
    private static readonly TimeSpan HealBound = TimeSpan.FromSeconds(48);

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(2);

    private TestConsortium consortium = null!;

    [OneTimeSetUp]
    public async Task Start() => consortium = await TestConsortium.StartApartAsync("network");

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (consortium is not null)
        {
            await consortium.DisposeAsync();
        }
    }

    [SetUp]
    public Task Connected() => consortium.ConnectedAsync(3, 0, 1, 2, 3);

    [TearDown]
    public void Heal() => consortium.Net.Heal();

    [Test]
    public async Task Two_halves_decide_nothing_and_go_on_once_they_meet()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);

        consortium.Net.CutOff(0, 1);
        await AllAsync("every node has given the leader up", status => status.ChangingView);
        ulong[] heights = await HeightsAsync();
        await Waiting.WhileAsync(
            "no node decides a block", Watched, async () => (await HeightsAsync()).SequenceEqual(heights));
        consortium.Net.Heal();
        TimeSpan healed = await traffic.TimeOfMoreAsync(1, 0, 1, 2, 3);

        Assert.That(healed, Is.LessThan(HealBound));
        await RequireNothingLostAsync(traffic);
    }

    [Test]
    public async Task A_leader_that_hears_and_is_not_heard_is_replaced()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);

        int leader = await Heads.LeaderAsync(consortium.Members, consortium.Members[0]);
        consortium.Net.Mute(leader);
        await traffic.MoreAsync(SomeMore, [.. Enumerable.Range(0, 4).Where(place => place != leader)]);
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

        consortium.Net.DelayAll(TimeSpan.FromMilliseconds(100));
        Task<int> breaking = consortium.Net.ResetOneByOneAsync(seed: 1, enough.Token);
        await traffic.MoreAsync(SomeMore, 0, 1, 2, 3);
        await enough.CancelAsync();

        Assert.That(await breaking, Is.Positive);
        consortium.Net.Heal();
        await RequireNothingLostAsync(traffic);
    }

    private async Task AllAsync(string what, Func<NodeStatus, bool> holds) => await Waiting.UntilAsync(
        what, async () => (await StatusesAsync()).All(holds));

    private async Task<ulong[]> HeightsAsync() => [.. (await StatusesAsync()).Select(status => status.Height)];

    private Task<NodeStatus[]> StatusesAsync() => Task.WhenAll(
        consortium.Members.Select(member => member.Client.GetStatusAsync(CancellationToken.None)));

    private async Task RequireNothingLostAsync(AcknowledgedTraffic traffic)
    {
        await traffic.RequireNothingLostAsync();
        NodeLogs.RequireNoEvidence(consortium.Nodes);
    }
}
