using Ledger.Devnet;
using Ledger.Node.Configuration;

namespace Ledger.EndToEnd.Tests.Faults;

// A file system that is full.
public sealed partial class FaultTests
{
    private const int OnSmallDisk = 2;

    /// <summary>Enough for the guard of the disk to take its reserve; the rest is filled.</summary>
    private const int DiskMegabytes = 384;

    private const long LeftBytes = 64 * 1024;

    [Test]
    public async Task A_full_disk_ends_one_node_with_a_sentence_and_free_space_brings_it_back()
    {
        DevnetNode node = consortium.Nodes[OnSmallDisk];
        using SmallDisk? disk = SmallDisk.TryMount(consortium.SpareFolder("disk"), DiskMegabytes);
        if (disk is null)
        {
            Assert.Ignore("this user may not mount a file system in memory");
        }

        await using AcknowledgedTraffic traffic = new(consortium.Members, TimeSpan.Zero);
        await consortium.StopAsync(OnSmallDisk);
        string usual = DataOf(OnSmallDisk);
        string small = Path.Combine(consortium.SpareFolder("disk"), "data");
        NodeFiles.Copy(usual, small);
        Configure(node, small);
        try
        {
            await consortium.StartAsync(OnSmallDisk);
            await traffic.MoreAsync(1, All);
            string filler = disk.Fill(LeftBytes);
            await Waiting.UntilAsync(
                "the node has ended", () => Task.FromResult(LocalConsortium.Ready(node) is null));
            await consortium.StopAsync(OnSmallDisk);
            Assert.That(Log(OnSmallDisk), Does.Contain("Make room and start it again"));
            await traffic.MoreAsync(SomeMore, AllBut(OnSmallDisk));

            File.Delete(filler);
            await consortium.StartAsync(OnSmallDisk);
            await traffic.MoreAsync(1, OnSmallDisk);
            await RequireNothingLostAsync(traffic);
        }
        finally
        {
            await consortium.StopAsync(OnSmallDisk);
            Directory.Delete(usual, recursive: true);
            NodeFiles.Copy(small, usual);
            Configure(node, "data");
            await consortium.StartAsync(OnSmallDisk);
        }
    }

    private static void Configure(DevnetNode node, string data) =>
        (NodeConfiguration.Load(node.Home) with { Data = data }).Save();
}
