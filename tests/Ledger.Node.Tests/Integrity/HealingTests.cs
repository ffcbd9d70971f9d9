using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Integrity;

/// <summary>Nodes with copies of one chain, each damaged otherwise, that ask one another for blocks.</summary>
public sealed class HealingTests
{
    private const int Nodes = 4;

    /// <summary>Newer blocks are within the replay window, without which no node starts.</summary>
    private const ulong DamagedMax = 20;

    private readonly List<MadeStore> stores = [];
    private readonly List<LedgerDatabase> databases = [];
    private readonly ManualClock clock = new();

    [SetUp]
    public void Make() => stores.AddRange(Enumerable.Range(0, Nodes).Select(_ => new MadeStore()));

    [TearDown]
    public void Delete()
    {
        databases.ForEach(database => database.Dispose());
        stores.ForEach(store => store.Dispose());
        databases.Clear();
        stores.Clear();
    }

    [Test]
    public void One_good_copy_of_each_block_heals_all_nodes_within_a_minute()
    {
        string whole = stores[0].Digest();
        Random random = new(3);
        for (ulong height = 1; height <= DamagedMax; height++)
        {
            int good = random.Next(Nodes);
            for (int node = 0; node < Nodes; node++)
            {
                if (node != good && random.Next(4) > 0)
                {
                    stores[node].Damage(
                        LedgerColumns.Blocks,
                        LedgerDatabase.HeightKey(height),
                        random.Next(2) == 0 ? null : [1, 2, 3]);
                }
            }
        }

        BlockHealer[] healers = [.. stores.Select(Start)];
        Scrub(healers);
        ulong damaged = (ulong)healers.Max(healer => healer.Damaged.Count);
        for (int second = 0; healers.Any(healer => healer.Damaged.Count > 0); second++)
        {
            Assert.That(second, Is.LessThan(60 * (int)damaged), "seconds for all that is damaged");
            Exchange(healers);
        }

        databases.ForEach(database => database.Dispose());
        databases.Clear();
        foreach (MadeStore store in stores)
        {
            Assert.That(store.Inspect().Findings, Is.Empty);
            Assert.That(store.Digest(), Is.EqualTo(whole));
        }
    }

    [Test]
    public void One_bad_block_is_healed_in_a_minute_although_the_other_peers_have_nothing()
    {
        foreach (MadeStore store in stores.Take(Nodes - 1))
        {
            store.Flip(LedgerColumns.Blocks, LedgerDatabase.HeightKey(5));
        }

        BlockHealer[] healers = [.. stores.Select(Start)];
        Scrub(healers);
        Assert.That(healers[0].Damaged, Is.EqualTo(new ulong[] { 5 }));

        int seconds = 0;
        for (; healers.Any(healer => healer.Damaged.Count > 0) && seconds <= 60; seconds++)
        {
            Exchange(healers);
        }

        Assert.That(seconds, Is.LessThanOrEqualTo(60));
    }

    [Test]
    public void Where_no_peer_has_a_good_copy_nothing_is_invented_and_it_is_said()
    {
        foreach (MadeStore store in stores)
        {
            store.Damage(LedgerColumns.Blocks, LedgerDatabase.HeightKey(5), null);
        }

        BlockHealer[] healers = [.. stores.Select(Start)];
        Scrub(healers);
        for (int second = 0; second < 120; second++)
        {
            Exchange(healers);
        }

        Assert.That(healers.All(healer => healer.Nowhere.SequenceEqual([5UL])), Is.True);
        Assert.That(databases[0].Get(LedgerColumns.Blocks, LedgerDatabase.HeightKey(5)), Is.Null);
    }

    [Test]
    public void A_block_of_another_chain_or_with_other_bodies_heals_nothing()
    {
        stores[0].Damage(LedgerColumns.Blocks, LedgerDatabase.HeightKey(5), null);
        BlockHealer healer = Start(stores[0]);
        Start(stores[1]);
        healer.Report(5, "missing");
        BlockWithBodies good = Read(databases[1], 5)!;
        BlockWithBodies foreign = Read(databases[1], 6)!;
        BlockWithBodies fewer = good.Clone();
        fewer.Transactions.RemoveAt(0);
        BlockWithBodies unsigned = good.Clone();
        unsigned.Block.Certificate.Votes.RemoveAt(0);

        Assert.That(Offer(healer, foreign), Is.False);
        Assert.That(Offer(healer, fewer), Is.True);
        Assert.That(Offer(healer, unsigned), Is.True);
        Assert.That(healer.Damaged, Is.EqualTo(new ulong[] { 5 }));
        Assert.That(Offer(healer, good), Is.True);
        Assert.That(healer.Damaged, Is.Empty);
    }

    [Test]
    public void What_was_damaged_is_still_wanted_after_a_restart()
    {
        Start(stores[0]).Report(5, "missing");
        databases[0].Dispose();
        databases.Clear();

        Assert.That(Start(stores[0]).Damaged, Is.EqualTo(new ulong[] { 5 }));
    }

    private BlockHealer Start(MadeStore store)
    {
        LedgerDatabase database = store.Open();
        databases.Add(database);
        return new BlockHealer(
            store.Data, database, Inspector(store, database), store.Cast.ChainId, clock, NullLogger.Instance);
    }

    private static BlockInspector Inspector(MadeStore store, LedgerDatabase database) => new(
        database,
        store.Cast.ChainId,
        new EpochSets(database, GenesisState.Build(store.Cast.GenesisBytes)),
        Ed25519Verifier.Instance);

    // As it was when the nodes started: the damage came while they ran.
    private static ChainState Chain()
    {
        using MadeStore whole = new();
        using LedgerDatabase database = whole.Open();
        return ChainRecovery.Open(database, whole.Cast.GenesisBytes);
    }

    private void Scrub(BlockHealer[] healers)
    {
        ChainState chain = Chain();
        for (int node = 0; node < Nodes; node++)
        {
            Scrubber scrubber = new(
                stores[node].Data,
                databases[node],
                chain,
                Inspector(stores[node], databases[node]),
                healers[node],
                NullLogger.Instance);
            for (ulong step = 0; step < MadeStore.Blocks; step++)
            {
                scrubber.Step(new StillClock());
            }
        }
    }

    private void Exchange(BlockHealer[] healers)
    {
        clock.Now += TimeSpan.FromSeconds(1);
        for (int node = 0; node < Nodes; node++)
        {
            int asking = node;
            Dictionary<Address, int> peers = Enumerable.Range(0, Nodes)
                .Where(other => other != asking)
                .ToDictionary(other => stores[0].Cast.Identities[other].Address, other => other);
            healers[node].AskDue([.. peers.Keys], (peer, height) =>
            {
                if (Read(databases[peers[peer]], height) is { } block)
                {
                    Offer(healers[asking], block);
                }
            });
        }
    }

    private static bool Offer(BlockHealer healer, BlockWithBodies block) =>
        ProposalBlock.TryRead(block.Block.Proposal, out ProposalBlock? proposal)
        && Certificate.TryRead(block.Block.Certificate, out Certificate? certificate)
        && healer.Take(proposal, certificate, block);

    private static BlockWithBodies? Read(LedgerDatabase database, ulong height)
    {
        ChainReader reader = new(database);
        try
        {
            if (reader.Block(height) is not { } stored
                || !ProposalBlock.TryRead(stored.Block?.Proposal, out ProposalBlock? proposal))
            {
                return null;
            }

            BlockWithBodies block = new() { Block = stored.Block };
            block.Transactions.AddRange(proposal.Leaves.Select(leaf =>
                Google.Protobuf.ByteString.CopyFrom(reader.BodyOf(height, leaf))));
            return block;
        }
        catch (DamagedDataException)
        {
            return null;
        }
    }
}
