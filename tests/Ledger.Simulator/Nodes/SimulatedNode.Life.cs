using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Faults;
using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Nodes;

// From start to death: what a process reads, and where it dies.
public sealed partial class SimulatedNode
{
    private const int RepairTicks = 10;
    private const int CrashDeadlineTicks = 150;

    // Evidence is rare: a process that is to die before it stores some waits longer for it.
    private const int EvidenceDeadlineTicks = 1500;

    private CrashPoint armedPoint;
    private CrashPoint armedForStart;
    private int armedStartSkips;
    private int armedSkips;
    private long armedUntil;
    private bool failsNextSync;
    private bool dying;

    /// <summary>
    /// Makes the process die when it passes a point, or at a tick when it does not come there in 3 s.
    /// </summary>
    public void CrashAt(CrashPoint point, int skips)
    {
        if (point >= CrashPoint.AtStart)
        {
            // Points of the start are passed by the next start.
            armedForStart = point;
            armedStartSkips = skips;
            point = CrashPoint.AtTick;
        }

        armedPoint = point;
        armedSkips = skips;
        armedUntil = world.Now + (point == CrashPoint.BeforeEvidence ? EvidenceDeadlineTicks : CrashDeadlineTicks);
    }

    /// <summary>Lets the next synced write fail.</summary>
    public void FailNextSync() => failsNextSync = true;

    /// <summary>From here on it dies no more.</summary>
    public void Disarm()
    {
        armedPoint = CrashPoint.None;
        armedForStart = CrashPoint.None;
        failsNextSync = false;
        PausedUntil = 0;
    }

    /// <summary>Passes a point of the code; the process dies there if that is due.</summary>
    public void Pass(CrashPoint point)
    {
        if (dying)
        {
            throw new SimulationFailure("durable-before-send", $"node {Index} goes on after a port has failed");
        }

        if (armedPoint == CrashPoint.None)
        {
            return;
        }

        bool late = point == CrashPoint.AtTick && world.Now >= armedUntil;
        if (late || (armedPoint == point && armedSkips-- <= 0))
        {
            End(point);
        }
    }

    /// <summary>Starts the process from what is on its disk.</summary>
    public void Start()
    {
        generation++;
        dying = false;
        IsStarted = true;
        StartedAt = world.Now;
        kernel = null;
        inbox.Clear();
        if (armedForStart != CrashPoint.None)
        {
            (armedPoint, armedForStart) = (armedForStart, CrashPoint.None);
            armedSkips = armedPoint == CrashPoint.DuringSnapshot ? armedStartSkips : 0;
            armedUntil = world.Now + CrashDeadlineTicks;
        }

        Run(Begin);
    }

    /// <summary>Ends the process now.</summary>
    public void Die()
    {
        bool wasStarted = IsStarted;
        kernel = null;
        IsStarted = false;
        dying = false;
        armedPoint = CrashPoint.None;
        PausedUntil = 0;
        inbox.Clear();
        generation++;
        if (wasStarted)
        {
            world.OnDied(this);
        }
    }

    private bool IsDueAt(CrashPoint point) => armedPoint == point && armedSkips <= 0;

    private void End(CrashPoint point)
    {
        world.Faults.CrashedAt(point);
        armedPoint = CrashPoint.None;
        dying = true;
        throw new SimulatedCrash();
    }

    private void Begin()
    {
        Pass(CrashPoint.AtStart);
        Disk.ReplayLog();
        world.Say(this, "starts");
        Pass(CrashPoint.AfterReplay);
        if (world.NeedsSnapshot(this))
        {
            world.Snapshots.Join(this, BeginReplica);
            return;
        }

        Repair(Disk.FindDamagedBlocks());
    }

    // Blocks that cannot be read come from peers again; without them there is no state to go on from.
    private void Repair(List<ulong> damaged)
    {
        damaged.RemoveAll(height => world.Blocks.TryRepair(this, height));
        if (damaged.Count == 0)
        {
            // Others may have been damaged in the meantime.
            damaged = Disk.FindDamagedBlocks();
        }

        if (damaged.Count == 0)
        {
            BeginReplica();
            return;
        }

        world.Faults.NoteRepairing();
        Later(RepairTicks, () =>
        {
            Pass(CrashPoint.DuringRepair);
            Repair(damaged);
        });
    }

    private void BeginReplica()
    {
        executor = new SimulatedExecutor(
            world, this, Disk.Base?.State.Copy() ?? new ReplicatedState(world.FirstSeats));
        for (ulong height = Disk.BaseHeight + 1; height <= Disk.Height; height++)
        {
            executor.Apply(Disk.ReadBlock(height)!.Block);
        }

        foreach (Hash256 leaf in Disk.StoredBodies())
        {
            executor.Learn(leaf);
        }

        if (!Disk.AreItemsIntact)
        {
            GiveUpVoting();
        }

        world.Checks.OnReplayed(this);
        kernel = Recover();
        world.Checks.OnStart(this, kernel);
        Pass(CrashPoint.AfterStart);
    }

    private ReplicaKernel Recover()
    {
        try
        {
            return ReplicaKernel.Recover(RecoveredState(), Ports());
        }
        catch (InvalidDataException)
        {
            // The vote state is damaged: the operator starts without the vote key, and it stays so.
            GiveUpVoting();
            return ReplicaKernel.Recover(RecoveredState(), Ports());
        }
    }

    private void GiveUpVoting()
    {
        world.Say(this, "has a damaged vote state and votes no more");
        IsObserverForGood = true;
        MayBeConfirmed = false;
        Disk.DropVoteState();
        Disk.DropItems();
    }

    private KernelPorts Ports() => new(
        this, this, IsObserverForGood ? null : world.SignerOf(Identity), world.Keys, executor, this);

    private RecoveredState RecoveredState()
    {
        BlockRecord? head = Disk.Height == 0 ? null : Disk.ReadBlock(Disk.Height);
        BlockHeader header = head is null ? world.Genesis.Header : head.Block.Header;
        return new RecoveredState(
            world.ChainId,
            Address,
            header.Height,
            head is null ? world.Genesis.Hash : head.Block.Hash,
            header.TimeUnixMs,
            head is null ? 0 : head.Certificate.View,
            header.EndsEpoch ? header.Epoch + 1 : header.Epoch,
            head is null ? world.FirstSet : head.NextSet,
            world.Prng.Next() | 1,
            Disk.VoteState,
            Disk.SortedItems());
    }
}
