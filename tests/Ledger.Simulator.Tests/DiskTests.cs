using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Chance;
using Ledger.Simulator.Disk;

namespace Ledger.Simulator.Tests;

/// <summary>The disk loses and damages what it says, and nothing of it goes unseen.</summary>
public sealed class DiskTests
{
    [Test]
    public void What_was_synced_outlives_every_crash()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            SimulatedDisk disk = new();
            disk.Persist(Batch(1), synced: false);
            disk.Persist(Batch(2), synced: true);
            disk.Persist(Batch(3), synced: false);
            disk.BeginWrite(Batch(4));
            disk.Crash(new Prng(seed), 1000);
            disk.ReplayLog();
            ulong[] views = [.. disk.SortedItems().Select(item => item.View)];
            Assert.That(views.Take(2), Is.EqualTo(new ulong[] { 1, 2 }));
            Assert.That(views, Is.Ordered.And.All.LessThanOrEqualTo(4), "no later batch without the one before");
        }
    }

    [Test]
    public void A_torn_batch_is_dropped_and_all_that_came_after_it()
    {
        int torn = 0;
        for (ulong seed = 1; seed <= 200; seed++)
        {
            SimulatedDisk disk = new();
            disk.Persist(Batch(1), synced: false);
            disk.BeginWrite(Batch(2));
            (int lost, bool isTorn) = disk.Crash(new Prng(seed), 900);
            disk.ReplayLog();
            torn += isTorn ? 1 : 0;
            Assert.That(disk.SortedItems(), Has.Length.EqualTo(2 - lost));
        }

        Assert.That(torn, Is.GreaterThan(50));
    }

    [Test]
    public void A_bit_that_turns_is_seen()
    {
        SimulatedDisk disk = new();
        disk.Persist(new DiskBatch([], default, Block(1)), synced: true);
        disk.Persist(new DiskBatch([], default, Block(2)), synced: true);
        disk.RotBlock(1, new Prng(3));
        Assert.Multiple(() =>
        {
            Assert.That(disk.FindDamagedBlocks(), Is.EqualTo(new ulong[] { 1 }));
            Assert.That(disk.ReadBlock(1), Is.Null);
            Assert.That(disk.ReadBlock(2), Is.Not.Null);
        });
        disk.PutBlock(Block(1));
        Assert.That(disk.FindDamagedBlocks(), Is.Empty);
    }

    [Test]
    public void A_block_on_the_place_of_another_is_seen_at_both_places()
    {
        SimulatedDisk disk = new();
        for (ulong height = 1; height <= 3; height++)
        {
            disk.Persist(new DiskBatch([], default, Block(height)), synced: true);
        }

        disk.MisdirectNewestBlock(1);
        Assert.That(disk.FindDamagedBlocks(), Is.EqualTo(new ulong[] { 1, 3 }));
    }

    private static DiskBatch Batch(ulong view) => new(
        [new StoredItem(StoredItemKind.OwnMessage, 1, view, MessageKind.Prepare, new byte[] { 1, 2, 3 }, null)],
        default, null);

    private static BlockRecord Block(ulong height)
    {
        Hash256 root = MerkleList.Root([]);
        BlockHeader header = new()
        {
            Height = height,
            Epoch = 0,
            ParentHash = Hash256.Zero,
            TimeUnixMs = (long)height,
            TransactionRoot = root,
            ReceiptRoot = root,
            StateRoot = root,
            ValidatorsHash = root,
            NextValidatorsHash = root,
        };
        ProposalBlock block = ProposalBlock.Of(header, []);
        Certificate certificate = new(VoteKind.Commit, 0, height, 0, block.Hash, ImmutableArray<CertificateVote>.Empty);
        return new BlockRecord(
            block, certificate, ValidatorSet.Of([new Validator(default, new PublicKeyBytes(new byte[32]))]));
    }
}
