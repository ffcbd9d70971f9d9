using Ledger.Consensus;
using Ledger.Simulator.Chance;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>All promises of a run, and a fingerprint of all that honest nodes did.</summary>
public sealed class CheckSet
{
    private readonly World world;
    private readonly AgreementChecker agreement;
    private readonly HashChainChecker hashChain;
    private readonly ValidityChecker validity;
    private readonly ExactlyOnceChecker exactlyOnce;
    private readonly StateRootChecker stateRoots;
    private readonly OneMessagePerSlotChecker slots;
    private readonly DurableBeforeSendChecker durableBeforeSend;
    private readonly WitnessChecker told;

    /// <summary>Begins to watch.</summary>
    public CheckSet(World world)
    {
        this.world = world;
        agreement = new AgreementChecker(world);
        hashChain = new HashChainChecker(world);
        validity = new ValidityChecker(world);
        exactlyOnce = new ExactlyOnceChecker(world);
        stateRoots = new StateRootChecker(world);
        Witnesses = new WitnessMemory(world);
        slots = new OneMessagePerSlotChecker(world, Witnesses);
        durableBeforeSend = new DurableBeforeSendChecker(world, slots);
        told = new WitnessChecker(world);
        Durability = new DurabilityChecker(world);
        Views = new ViewChecker(world);
        Evidence = new EvidenceChecker(world);
        OwnKey = new OwnKeyChecker(world);
        Limits = new LimitsChecker(world);
        Liveness = new LivenessChecker(world);
        Idle = new IdleChecker(world);
    }

    /// <summary>Acknowledged is durable.</summary>
    public DurabilityChecker Durability { get; }

    /// <summary>Views never go back.</summary>
    public ViewChecker Views { get; }

    /// <summary>Evidence names the guilty.</summary>
    public EvidenceChecker Evidence { get; }

    /// <summary>No honest node suspects itself.</summary>
    public OwnKeyChecker OwnKey { get; }

    /// <summary>Nobody makes a node keep more than it says.</summary>
    public LimitsChecker Limits { get; }

    /// <summary>Healing leads to commits.</summary>
    public LivenessChecker Liveness { get; }

    /// <summary>With nothing to do, nothing happens.</summary>
    public IdleChecker Idle { get; }

    /// <summary>What processes have seen of keys whose disks may be lost.</summary>
    public WitnessMemory Witnesses { get; }

    /// <summary>How often one whose disk was lost contradicted itself because nobody could tell it.</summary>
    public int Contradictions => slots.Contradictions;

    /// <summary>A hash over all that honest nodes sent and decided.</summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>
    /// A process has replayed its log. What was in flight at the crash may be on the disk and is then signed, though
    /// nobody was told.
    /// </summary>
    public void OnReplayed(SimulatedNode node)
    {
        told.OnStart(node);
        if (!node.IsHonest)
        {
            return;
        }

        foreach (StoredItem item in node.Disk.OwnMessages())
        {
            slots.OnSigned(node, world.Packets.Of(item.Bytes));
        }
    }

    /// <summary>A process has started its replica.</summary>
    public void OnStart(SimulatedNode node, ReplicaKernel kernel)
    {
        Views.OnStart(node, kernel);
        Witnesses.OnStart(node);
        if (node.IsHonest)
        {
            Durability.OnStart(node);
            stateRoots.OnState(node);
        }
    }

    /// <summary>An honest node sends.</summary>
    public void OnSend(SimulatedNode node, Packet packet)
    {
        Fingerprint = Mix64.Of(Fingerprint, packet.Digest);
        durableBeforeSend.OnSend(node, packet);
        world.SayMessage(node, packet);
    }

    /// <summary>An honest node has signed, and it is durable.</summary>
    public void OnSigned(SimulatedNode node, Packet packet)
    {
        slots.OnSigned(node, packet);
        told.OnSigned(node);
    }

    /// <summary>A verified message reaches a process.</summary>
    public void OnTaken(SimulatedNode node, Packet packet, VerifiedMessage message)
    {
        Witnesses.OnTaken(node, packet);
        told.OnArrival(node, message);
    }

    /// <summary>
    /// An honest node takes over the state of a certified block. A peer that lies may have had that block first.
    /// </summary>
    public void OnSnapshot(SimulatedNode node, BlockRecord head)
    {
        agreement.OnCommit(node, head);
        if (head.Block.Height > world.Chain.Height)
        {
            exactlyOnce.OnDecided(node, head);
            CountSeatChange(head);
            world.Chain.Add(head);
        }
    }

    /// <summary>An honest node is about to write a decision.</summary>
    public void OnCommit(SimulatedNode node, BlockRecord decided)
    {
        hashChain.OnCommit(node, decided);
        agreement.OnCommit(node, decided);
        validity.OnCommit(node, decided);
        if (decided.Block.Height > world.Chain.Height)
        {
            exactlyOnce.OnDecided(node, decided);
            CountSeatChange(decided);
            world.Chain.Add(decided);
            Fingerprint = Mix64.Of(Fingerprint, decided.Block.Hash);
        }

        if (world.IsTraced)
        {
            world.Say(node, $"commits {decided.Block.Height} {decided.Block.Hash.ToShortString()} of view "
                + $"{decided.Certificate.View}");
        }
    }

    private void CountSeatChange(BlockRecord decided)
    {
        if (decided.Block.Header.EndsEpoch)
        {
            ValidatorSet before = world.Chain.CurrentSet;
            int leader = world.Seats.IdentityOf(before.Leader(decided.Certificate.View));
            world.Clients.CountChange(world.Seats.CodeOf(before), world.Seats.CodeOf(decided.NextSet), leader);
        }
    }

    /// <summary>An honest node has written a decision.</summary>
    public void OnCommitted(SimulatedNode node, BlockRecord decided)
    {
        stateRoots.OnState(node);
        told.Count(node);
        Durability.OnCommitted(node, decided);
    }

    /// <summary>The disk of a node was lost or put back.</summary>
    public void OnDiskLost(SimulatedNode node)
    {
        Durability.OnDiskLost(node);
        Views.OnDiskLost(node);
    }

    /// <summary>The newest blocks of a disk were taken away.</summary>
    public void OnChainCut(SimulatedNode node) => Durability.OnChainCut(node);

    /// <summary>The run is over.</summary>
    public void OnEnd()
    {
        foreach (SimulatedNode node in world.Nodes)
        {
            if (node.IsHonest && node.IsUp)
            {
                Durability.OnEnd(node);
            }
        }
    }
}
