using Ledger.Client.Keys;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.EndToEnd.Tests.Faults;

// Blocks that rot on several disks at once, while one node still has a good copy of each.
public sealed partial class FaultTests
{
    private const int Whole = 0;

    private const ulong LastRotten = 6;

    // Heights of the first blocks, from all of which each of the others loses some.
    private static readonly (int Place, string Column, ulong First, ulong Last)[] Rotten =
    [
        (1, LedgerColumns.Blocks, 2, 5),
        (2, LedgerColumns.Blocks, 3, 3),
        (3, LedgerColumns.Bodies, 1, LastRotten),
    ];

    [Test]
    public async Task Blocks_that_rot_on_all_nodes_but_one_come_again_from_that_one()
    {
        await using AcknowledgedTraffic traffic = new(consortium.Members);
        await Waiting.UntilAsync("there are blocks enough", async () => (await StatusAsync(Whole)).Height > 10);
        await traffic.MoreAsync(1, All);
        await consortium.StopAsync(All);
        foreach ((int place, string column, ulong first, ulong last) in Rotten)
        {
            Rot(DataOf(place), column, first, last);
            Assert.That(Inspect(place).IsClean, Is.False, $"node {place} is damaged");
        }

        await consortium.StartAsync(All);
        await consortium.SettledAsync();
        await traffic.MoreAsync(SomeMore, All);
        await Waiting.UntilAsync("every node has read the rotten heights and knows of no damage", async () =>
            (await StatusesAsync()).All(status => status.Storage is { DamagedBlocks: 0 } storage
                && (storage.ScrubHeight >= LastRotten || storage.ScrubPasses > 0)));
        await RequireNothingLostAsync(traffic);

        await consortium.StopAsync(All);
        Assert.That(All.Select(Inspect).SelectMany(report => report.Findings), Is.Empty);
        await consortium.StartAsync(All);
        await consortium.SettledAsync();
    }

    // One bit of each value, so that it is still a value of the database.
    private static void Rot(string data, string column, ulong first, ulong last)
    {
        using LedgerDatabase database = LedgerDatabase.Open(data);
        ChainReader chain = new(database);
        using DatabaseBatch batch = database.NewBatch();
        for (ulong height = first; height <= last; height++)
        {
            byte[] key = column == LedgerColumns.Blocks
                ? LedgerDatabase.HeightKey(height)
                : chain.Block(height)!.Block.Proposal.Leaves.ToByteArray()[..Hash256.Size];
            byte[] value = database.Get(column, key)!;
            value[value.Length / 2] ^= 1;
            batch.Put(column, key, value);
        }

        database.Write(batch, synced: true);
    }

    private IntegrityReport Inspect(int place)
    {
        using LedgerDatabase database = LedgerDatabase.OpenReadOnly(DataOf(place), toDamage: false);
        return StoreInspection.Run(
            database, null, Ed25519Verifier.Instance, static (_, _) => { });
    }
}
