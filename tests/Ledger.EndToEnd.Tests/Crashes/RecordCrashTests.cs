using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Crashes;

/// <summary>
/// kill -9 of a node whose record store is under load; <c>./ledger torture records</c> does it two hundred times.
/// </summary>
public sealed class RecordCrashTests
{
    private const int Kills = 4;
    private const int Tools = 4;
    private const int More = 20;

    private TestConsortium consortium = null!;

    [OneTimeSetUp]
    public async Task Start() => consortium = await TestConsortium.StartAsync("records");

    [OneTimeTearDown]
    public void Stop() => consortium?.Dispose();

    [Test]
    public async Task What_a_store_acknowledged_is_anchored_once_however_often_its_node_is_killed()
    {
        Member store = consortium.Members[0];
        await using RecordTraffic traffic = await RecordTraffic.StartAsync(store, Tools);
        for (int kill = 0; kill < Kills; kill++)
        {
            await traffic.MoreAsync(More);
            await consortium.KillAsync(0);
            await consortium.StartAsync(0);
        }

        await traffic.MoreAsync(More);
        await traffic.StopAsync();
        int anchored = await RecordAnchors.RequireOnceAsync(
            store, consortium.Members[1], [.. traffic.Acknowledged.Keys]);

        Assert.That(anchored, Is.GreaterThanOrEqualTo(traffic.Acknowledged.Count));
        NodeLogs.RequireNoStackTrace(consortium.Nodes);
    }
}
