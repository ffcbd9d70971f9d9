using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Adversaries;
using Ledger.Simulator.Chance;
using Ledger.Simulator.Checkers;
using Ledger.Simulator.Faults;
using Ledger.Simulator.Keys;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Worlds;

/// <summary>Everything of one run: time, chance, processes and all around them. One thread, one seed.</summary>
public sealed class World
{
    private const long StartMs = 1_000_000;
    private const int BlockSizeMax = 8;
    private const int HealedBlockSize = 64;

    private readonly Dictionary<Hash256, SimulatedTransaction[]?> byBlock = [];
    private readonly VoteKeys[] signers;
    private readonly Action<string>? trace;

    /// <summary>Draws the plan and starts the processes.</summary>
    public World(SimulationOptions options)
    {
        trace = options.Trace;
        Prng = new Prng(options.Seed);
        Plan = new FaultPlan(Prng, options);
        Keys = options.Seed % RealKeysEvery == 0 ? new Ed25519Keys() : new MixedKeys();
        Seats = new SeatRegistry(options.Seed, Plan.Identities, Keys);
        signers = [.. Enumerable.Range(0, Plan.Identities).Select(KeysOf)];
        FirstSeats = Enumerable.Range(0, Plan.FirstCount)
            .Aggregate(0UL, (seats, identity) => SeatRegistry.With(seats, identity, 0));
        FirstSet = Seats.SetOf(FirstSeats);
        ChainId = TaggedHash.Of("sim/genesis"u8, FirstSet.Hash, default);
        Genesis = ProposalBlock.Of(GenesisHeader(), []);
        Chain = new DecidedChain(Genesis, FirstSet);
        Packets = new PacketLog(ChainId);
        Events = new EventQueue(Prng);
        Transactions = new TransactionRegistry(options.Seed);
        Blocks = new BlockService(this);
        Snapshots = new SnapshotService(this);
        DiskFaults = new DiskFaults(this);
        Nodes = MakeNodes();
        Network = new SimulatedNetwork(this, Nodes.Count);
        Checks = new CheckSet(this);
        Clients = new Clients(this);
        Driver = new FaultDriver(this);
        foreach (SimulatedNode node in Nodes)
        {
            StartAtTheBeginning(node);
        }
    }

    /// <summary>One seed in so many runs with the signatures of the real library.</summary>
    public const ulong RealKeysEvery = 100;

    /// <summary>The source of all chance.</summary>
    public Prng Prng { get; }

    /// <summary>What the seed has drawn before the run.</summary>
    public FaultPlan Plan { get; }

    /// <summary>What went wrong so far.</summary>
    public FaultLog Faults { get; } = new();

    /// <summary>Lets things go wrong.</summary>
    public FaultDriver Driver { get; }

    /// <summary>Lets disks go wrong.</summary>
    public DiskFaults DiskFaults { get; }

    /// <summary>Ticks since the start.</summary>
    public long Now { get; private set; }

    /// <summary>True time.</summary>
    public long NowMs => StartMs + (Now * Ticks.MillisecondsPerTick);

    /// <summary>Whether the phase with faults is over.</summary>
    public bool IsHealed { get; private set; }

    /// <summary>All keys.</summary>
    public KeyScheme Keys { get; }

    /// <summary>All identities and the sets of them.</summary>
    public SeatRegistry Seats { get; }

    /// <summary>No set has fewer seats.</summary>
    public int SeatsMin => Plan.SeatsMin;

    /// <summary>The code of <see cref="FirstSet"/>.</summary>
    public ulong FirstSeats { get; }

    /// <summary>The set of height 1.</summary>
    public ValidatorSet FirstSet { get; }

    /// <summary>The chain's id.</summary>
    public Hash256 ChainId { get; }

    /// <summary>Height 0.</summary>
    public ProposalBlock Genesis { get; }

    /// <summary>What was decided.</summary>
    public DecidedChain Chain { get; }

    /// <summary>All that was ever said.</summary>
    public PacketLog Packets { get; }

    /// <summary>All that is due.</summary>
    public EventQueue Events { get; }

    /// <summary>All that clients sent.</summary>
    public TransactionRegistry Transactions { get; }

    /// <summary>Those who send.</summary>
    public Clients Clients { get; }

    /// <summary>Decided blocks on request.</summary>
    public BlockService Blocks { get; }

    /// <summary>States on request.</summary>
    public SnapshotService Snapshots { get; }

    /// <summary>All processes.</summary>
    public IReadOnlyList<SimulatedNode> Nodes { get; }

    /// <summary>The network.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>The promises.</summary>
    public CheckSet Checks { get; }

    /// <summary>Whether what happens is written line by line.</summary>
    public bool IsTraced => trace is not null;

    /// <summary>The keys that an identity holds.</summary>
    public IVoteSigner SignerOf(int identity) => signers[identity];

    /// <summary>The key that an identity has its seat with, else its first one.</summary>
    public PublicKeyBytes KeyInUse(int identity)
    {
        int place = Chain.CurrentSet.IndexOf(Seats.AddressOf(identity));
        return place < 0 ? Seats.KeyOf(identity, 0) : Chain.CurrentSet[place].VoteKey;
    }

    /// <summary>Whether an address belongs to an identity that follows the protocol.</summary>
    public bool IsHonest(Address address) => Plan.KindOf(Seats.IdentityOf(address)) == AdversaryKind.None;

    /// <summary>Whether the disk of an identity was lost some time.</summary>
    public bool HasForgotten(Address address) =>
        Nodes.Any(node => node.HasForgotten && node.Address == address);

    /// <summary>The transactions of a block, or null when it holds a leaf that no client has sent.</summary>
    public SimulatedTransaction[]? TransactionsOf(ProposalBlock block)
    {
        if (!byBlock.TryGetValue(block.Hash, out SimulatedTransaction[]? transactions))
        {
            SimulatedTransaction?[] found = [.. block.Leaves.Select(Transactions.Find)];
            transactions = Array.Exists(found, one => one is null) ? null : [.. found.Select(one => one!)];
            byBlock.Add(block.Hash, transactions);
        }

        return transactions;
    }

    /// <summary>How many transactions the next block holds at most.</summary>
    public int DrawBlockSize() => IsHealed ? HealedBlockSize : Prng.Between(1, BlockSizeMax);

    /// <summary>Lets a tick pass: what is due in random order, then every clock.</summary>
    public void Step()
    {
        Now++;
        Events.RunNext(Dispatch);
        foreach (SimulatedNode node in Nodes)
        {
            node.Tick();
            if ((Now + node.Index) % Ticks.PerStatus == 0)
            {
                OncePerSecond(node);
            }
        }
    }

    /// <summary>Whether a message of one process with these recipients goes to another.</summary>
    public static bool IsAddressed(SimulatedNode from, SimulatedNode to, Recipients recipients) =>
        to.Identity != from.Identity && (recipients.One is not Address one || one == to.Address);

    /// <summary>Sends a packet to one identity or to all others.</summary>
    public void Broadcast(SimulatedNode from, Packet packet, Recipients recipients)
    {
        foreach (SimulatedNode to in Nodes)
        {
            if (IsAddressed(from, to, recipients))
            {
                Network.Carry(from, to, packet);
            }
        }
    }

    /// <summary>Whether a body can be got from a random peer now.</summary>
    public bool TryFetchBody(SimulatedNode asker, int id)
    {
        SimulatedNode peer = Nodes[Prng.Below(Nodes.Count)];
        return peer.IsUp && !peer.IsPaused && peer.Executor.HasBody(id) && Network.Reaches(asker.Index, peer.Index);
    }

    /// <summary>Whether a process without blocks should take the state of a peer.</summary>
    public bool NeedsSnapshot(SimulatedNode node) => node.JoinsBySnapshot && node.Disk.Height == 0 && Chain.Height > 0;

    /// <summary>A process has died: what its disk keeps, and when it starts again.</summary>
    public void OnDied(SimulatedNode node)
    {
        (int lost, bool torn) = node.Disk.Crash(Prng, Plan.Rates.Tear);
        if (lost > 0)
        {
            Faults.Mark(FaultKind.LostWrite);
        }

        if (torn)
        {
            Faults.Mark(FaultKind.TornWrite);
        }

        Say(node, "dies");
        int ticks = IsHealed || !Prng.Chance(300) ? Prng.Between(20, 150) : Prng.Between(200, 900);
        Events.Add(ticks, new SimulatedEvent(EventKind.Call, null, 0, () => StartIfDown(node)));
    }

    /// <summary>The network heals, and every process runs.</summary>
    public void Heal()
    {
        Say("the network heals");
        IsHealed = true;
        Network.Heal();
        foreach (SimulatedNode node in Nodes)
        {
            node.Disarm();
            StartIfDown(node);
        }
    }

    /// <summary>Writes a message into the trace.</summary>
    public void SayMessage(SimulatedNode node, Packet packet)
    {
        if (trace is not null && packet.Content is { IsAdvice: false } content)
        {
            Say(node, $"sends {content.Kind} h{content.Height} v{content.View}");
        }
    }

    /// <summary>Writes a line about a process.</summary>
    public void Say(SimulatedNode node, string what)
    {
        if (trace is not null)
        {
            Say($"node {node.Index} {what}");
        }
    }

    /// <summary>Writes a line of the trace.</summary>
    public void Say(string line) => trace?.Invoke($"{Now,6} {line}");

    private void Dispatch(SimulatedEvent due)
    {
        if (due.Node is SimulatedNode node)
        {
            node.Take(due);
        }
        else
        {
            ((Action)due.Payload)();
        }
    }

    private void OncePerSecond(SimulatedNode node)
    {
        if (!node.IsUp || node.IsPaused)
        {
            return;
        }

        Checks.Limits.OnSecond(node);
        node.TellOldestWork();
        if (Plan.Rates.BitRot + Plan.Rates.Misdirected > 0 && Prng.Chance(IsHealed ? 1000 : 100))
        {
            DiskFaults.Scrub(node);
        }

        SimulatedNode peer = Nodes[Prng.Below(Nodes.Count)];
        if (node.IsUp && peer != node && peer.IsUp && !peer.IsPaused && Network.Reaches(node.Index, peer.Index))
        {
            foreach (PendingTransaction one in node.Executor.Pending)
            {
                peer.Executor.Submit(one.Id);
            }
        }
    }

    private void StartAtTheBeginning(SimulatedNode node)
    {
        if (!node.IsHonest)
        {
            Faults.Mark(AdversaryFactory.FaultOf(node.Kind));
        }

        if (node.Identity >= Plan.FirstCount && Plan.LateJoinTick > 0)
        {
            node.JoinsBySnapshot = true;
            int ticks = Math.Min(EventQueue.TicksAheadMax, Plan.LateJoinTick);
            Events.Add(ticks, new SimulatedEvent(EventKind.Call, null, 0, () => StartLate(node)));
        }
        else
        {
            StartIfDown(node);
        }
    }

    private void StartLate(SimulatedNode node)
    {
        if (Now < Plan.LateJoinTick && !IsHealed)
        {
            int ticks = (int)Math.Min(EventQueue.TicksAheadMax, Plan.LateJoinTick - Now);
            Events.Add(ticks, new SimulatedEvent(EventKind.Call, null, 0, () => StartLate(node)));
            return;
        }

        Faults.Mark(FaultKind.LateJoin);
        if (!IsHealed && Prng.Chance(300))
        {
            node.CrashAt(CrashPoint.DuringSnapshot, Prng.Below(ReplicatedState.Buckets));
        }

        StartIfDown(node);
    }

    private void StartIfDown(SimulatedNode node)
    {
        if (!node.IsStarted && node.RunsKernel)
        {
            node.Start();
        }
    }

    private List<SimulatedNode> MakeNodes()
    {
        List<SimulatedNode> nodes = [];
        for (int identity = 0; identity < Plan.Identities; identity++)
        {
            AdversaryKind kind = Plan.KindOf(identity);
            for (int copy = 0; copy < (kind == AdversaryKind.Twins ? 2 : 1); copy++)
            {
                SimulatedNode node = new(this, nodes.Count, identity, kind);
                node.Adversary = AdversaryFactory.Make(kind, this, node);
                nodes.Add(node);
            }
        }

        return nodes;
    }

    private VoteKeys KeysOf(int identity) => new(
        Keys,
        [.. Enumerable.Range(0, Plan.RotatesKey(identity) ? SeatRegistry.KeysMax : 1)
            .Select(version => Seats.KeyOf(identity, version))]);

    private BlockHeader GenesisHeader() => new()
    {
        Height = 0,
        Epoch = 0,
        ParentHash = ChainId,
        TimeUnixMs = StartMs,
        TransactionRoot = MerkleList.Root([]),
        ReceiptRoot = MerkleList.Root([]),
        StateRoot = Hash256.Zero,
        ValidatorsHash = FirstSet.Hash,
        NextValidatorsHash = FirstSet.Hash,
    };
}
