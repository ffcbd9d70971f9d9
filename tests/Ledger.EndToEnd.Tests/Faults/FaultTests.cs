using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Faults;

/// <summary>
/// Four processes with a network between them that can be disturbed. Each test begins with all of them connected and
/// voting, and requires in the end that nothing that was acknowledged is lost.
/// </summary>
public sealed partial class FaultTests
{
    private const int SomeMore = 3;

    private static readonly int[] All = [0, 1, 2, 3];

    private TestConsortium consortium = null!;

    [OneTimeSetUp]
    public async Task Start() => consortium = await TestConsortium.StartApartAsync("faults");

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (consortium is not null)
        {
            await consortium.DisposeAsync();
        }
    }

    // A test that failed may have left nodes down, or lines cut.
    [SetUp]
    public async Task Repair()
    {
        consortium.Net.Heal();
        await consortium.StartAsync([.. All.Where(place => LocalConsortium.Ready(consortium.Nodes[place]) is null)]);
        await consortium.SettledAsync();
    }

    private static int[] AllBut(int place) => [.. All.Where(other => other != place)];

    private Task<NodeStatus> StatusAsync(int place) =>
        consortium.Members[place].Client.GetStatusAsync(CancellationToken.None);

    private Task<NodeStatus[]> StatusesAsync() => Task.WhenAll(All.Select(StatusAsync));

    // The view that these nodes have entered, all of them.
    private async Task<ulong> SharedViewAsync(int[] places)
    {
        NodeStatus[] statuses = await Waiting.ForAsync("they stand in one view", async () =>
        {
            NodeStatus[] now = await Task.WhenAll(places.Select(StatusAsync));
            return now.All(status => !status.ChangingView && status.View == now[0].View) ? now : null;
        });
        return statuses[0].View;
    }

    private Task<int> LeaderAsync() => Heads.LeaderAsync(consortium.Members, consortium.Members[0]);

    private string Log(int place) => File.ReadAllText(consortium.Nodes[place].LogFile);

    private async Task RequireNothingLostAsync(AcknowledgedTraffic traffic)
    {
        await traffic.RequireNothingLostAsync();
        Assert.That(NodeLogs.CountOf(consortium.Nodes, "   at "), Is.Zero, "stack traces");
    }
}
