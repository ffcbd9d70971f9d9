using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Adversaries;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Faults;
using Ledger.Simulator.Network;
using Ledger.Simulator.Runs;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Nodes;

/// <summary>One process: the real kernel with simulated ports. A crash may strike inside any call of a port.</summary>
public sealed partial class SimulatedNode
{
    private static readonly Input.Tick PassingTick = new();

    private readonly World world;
    private readonly List<SimulatedEvent> inbox = [];
    private ReplicaKernel? kernel;
    private SimulatedExecutor executor;
    private int generation;

    /// <summary>A process that is down; <see cref="Start"/> starts it.</summary>
    public SimulatedNode(World world, int index, int identity, AdversaryKind kind)
    {
        this.world = world;
        Index = index;
        Identity = identity;
        Kind = kind;
        executor = new SimulatedExecutor(world, this, new ReplicatedState(world.FirstSeats));
        Address = world.Seats.AddressOf(identity);
    }

    /// <summary>Place among the processes.</summary>
    public int Index { get; }

    /// <summary>Place among the identities; twins share one.</summary>
    public int Identity { get; }

    /// <summary>The identity's address.</summary>
    public Address Address { get; }

    /// <summary>How it behaves.</summary>
    public AdversaryKind Kind { get; }

    /// <summary>What it does otherwise than the protocol says; null when it follows it.</summary>
    public Adversary? Adversary { get; set; }

    /// <summary>How far its clock is off.</summary>
    public long SkewMs { get; set; }

    /// <summary>What outlives a crash.</summary>
    public SimulatedDisk Disk { get; } = new();

    /// <summary>The pool and state of the running process.</summary>
    public SimulatedExecutor Executor => executor;

    /// <summary>Whether the process runs and its replica too.</summary>
    public bool IsUp => kernel is not null;

    /// <summary>Whether the process runs, if only to fetch what is missing.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Whether it follows the protocol.</summary>
    public bool IsHonest => Kind == AdversaryKind.None;

    /// <summary>Whether it runs the real replica.</summary>
    public bool RunsKernel => Adversary?.RunsKernel != false;

    /// <summary>Whether the operator started it without its vote key, for what it signed is forgotten.</summary>
    public bool IsObserverForGood { get; set; }

    /// <summary>Whether that may be over when its operator has looked: its vote state is not damaged.</summary>
    public bool MayBeConfirmed { get; private set; }

    /// <summary>The tick of its last start.</summary>
    public long StartedAt { get; private set; }

    /// <summary>How high the chain was when it stopped voting; it may be confirmed when one more was decided.</summary>
    public ulong StoppedAtHeight { get; private set; }

    /// <summary>Whether its disk was lost or put back some time.</summary>
    public bool HasForgotten { get; set; }

    /// <summary>Whether it begins with the state of a peer where it has no blocks.</summary>
    public bool JoinsBySnapshot { get; set; }

    /// <summary>The tick until which the process stands still; its messages wait.</summary>
    public long PausedUntil { get; set; }

    /// <summary>Its clock.</summary>
    public long ClockMs => world.NowMs + SkewMs;

    /// <summary>The running kernel; only while up.</summary>
    public ReplicaKernel Kernel => kernel ?? throw new InvalidOperationException("The node is down.");

    /// <summary>Whether it stands still.</summary>
    public bool IsPaused => PausedUntil > world.Now;

    /// <summary>Takes a packet from the network.</summary>
    public void Arrive(Packet packet)
    {
        if (!RunsKernel)
        {
            Adversary?.OnArrival(packet);
            return;
        }

        if (kernel is null)
        {
            return;
        }

        try
        {
            sendPoint = CrashPoint.BeforeSend;
            Pass(CrashPoint.AtArrival);
            Adversary?.OnArrival(packet);
            if (packet.VerifyFor(kernel.Set, world.Keys) is VerifiedMessage message)
            {
                world.Checks.OnTaken(this, packet, message);
                kernel.Handle(new Input.MessageReceived(message));
            }
            else if (packet.Content is ConsensusMessage.Status status && world.Seats.IdentityOf(packet.Sender) >= 0)
            {
                kernel.Handle(new Input.PeerClaimed(packet.Sender, status.Height));
            }
        }
        catch (SimulatedCrash)
        {
            Die();
        }
    }

    /// <summary>Takes what is due; a process that stands still takes it when it goes on.</summary>
    public void Take(SimulatedEvent due)
    {
        if (IsPaused)
        {
            inbox.Add(due);
        }
        else if (due.Kind == EventKind.Arrival)
        {
            Arrive((Packet)due.Payload);
        }
        else if (due.Generation == generation)
        {
            Run((Action)due.Payload);
        }
    }

    /// <summary>Runs something of this process; a crash inside ends the process.</summary>
    public void Run(Action action)
    {
        if (!IsStarted)
        {
            return;
        }

        try
        {
            sendPoint = CrashPoint.BeforeSend;
            action();
        }
        catch (SimulatedCrash)
        {
            Die();
        }
    }

    /// <summary>Runs something of this process later, unless it has ended by then.</summary>
    public void Later(int ticks, Action action) =>
        world.Events.Add(ticks, new SimulatedEvent(EventKind.Answer, this, generation, action));

    /// <summary>Gives the kernel an input.</summary>
    public void Handle(Input input) => kernel?.Handle(input);

    /// <summary>A tick: time for the kernel, and news of the pool.</summary>
    public void Tick()
    {
        if (IsPaused)
        {
            return;
        }

        if (inbox.Count > 0)
        {
            TakeInbox();
        }

        if (kernel is null)
        {
            return;
        }

        try
        {
            sendPoint = CrashPoint.BeforeSend;
            Pass(CrashPoint.AtTick);
            executor.TellWork();
            kernel.Handle(PassingTick);
            Adversary?.OnTick();
            AfterTick(kernel);
        }
        catch (SimulatedCrash)
        {
            Die();
        }
    }

    /// <summary>Tells the kernel how long the oldest work has waited.</summary>
    public void TellOldestWork()
    {
        if (executor.Pending.Count > 0)
        {
            Run(() => Handle(new Input.OldestWork((ulong)(world.Now - executor.Pending[0].Since))));
        }
    }

    private void TakeInbox()
    {
        SimulatedEvent[] waited = [.. inbox];
        inbox.Clear();
        foreach (SimulatedEvent one in waited)
        {
            Take(one);
        }
    }

    private void AfterTick(ReplicaKernel running)
    {
        world.Checks.Views.OnView(this, running.View);
        if (running.Standing != Standing.Stopped)
        {
            return;
        }

        if (Kind == AdversaryKind.Twins)
        {
            // Twins that hear of each other go on all the same.
            Start();
            return;
        }

        world.Checks.OwnKey.OnKeyUsedElsewhere(this);
        if (!IsObserverForGood)
        {
            MayBeConfirmed = true;
            IsObserverForGood = true;
            StoppedAtHeight = world.Chain.Height;
        }
    }
}
