using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>One process: the real kernel with simulated ports. Crashes may strike inside any call of a port.</summary>
public sealed class SimulatedNode : IPeers, IBlockStore, IEvidenceLog
{
    private readonly SimulatedWorld world;
    private readonly KernelPorts ports;
    private readonly IVoteSigner signer;
    private ReplicaKernel? kernel;
    private SimulatedExecutor executor;
    private int generation;
    private int portCallsUntilCrash = int.MaxValue;

    /// <summary>A node that is down; <see cref="Start"/> starts it.</summary>
    public SimulatedNode(
        SimulatedWorld world, int index, int identity, Behaviour behaviour, IVoteSigner signer, long skewMs)
    {
        this.world = world;
        this.signer = signer;
        Index = index;
        Identity = identity;
        Behaviour = behaviour;
        SkewMs = skewMs;
        Store = new SimulatedStore(world.Genesis, world.FirstSet);
        executor = new SimulatedExecutor(world, this);
        ports = new KernelPorts(this, this, signer, world.Keys, executor, this);
    }

    /// <summary>Place among the processes.</summary>
    public int Index { get; }

    /// <summary>Place among the keys; twins share one.</summary>
    public int Identity { get; }

    /// <summary>How it behaves.</summary>
    public Behaviour Behaviour { get; }

    /// <summary>How far its clock is off.</summary>
    public long SkewMs { get; }

    /// <summary>What outlives a crash.</summary>
    public SimulatedStore Store { get; }

    /// <summary>The pool and state of the running process.</summary>
    public SimulatedExecutor Executor => executor;

    /// <summary>Whether it runs.</summary>
    public bool IsUp => kernel is not null;

    /// <summary>Whether the promises are checked on it.</summary>
    public bool IsHonest => Behaviour == Behaviour.Honest;

    /// <summary>Its clock.</summary>
    public long ClockMs => world.NowMs + SkewMs;

    /// <summary>The running kernel; only while up.</summary>
    public ReplicaKernel Kernel => kernel ?? throw new InvalidOperationException("The node is down.");

    /// <summary>Starts from the store.</summary>
    public void Start()
    {
        generation++;
        portCallsUntilCrash = int.MaxValue;
        executor = new SimulatedExecutor(world, this);
        foreach ((ProposalBlock block, Certificate _, ValidatorSet nextSet) in Store.Chain)
        {
            executor.Apply(block, nextSet);
        }

        foreach (Hash256 leaf in Store.StoredBodies())
        {
            executor.Learn(leaf);
        }

        ReplicaKernel started = ReplicaKernel.Recover(
            Store.Recover(world.ChainId, world.AddressOf(Identity), world.Prng.Next() | 1),
            ports with { Executor = executor });
        kernel = started;
        world.Checker.OnStart(this, started);
    }

    /// <summary>Makes the process die at one of its next calls of a port.</summary>
    public void CrashSoon(int portCalls) => portCallsUntilCrash = portCalls;

    /// <summary>Ends the process now.</summary>
    public void Crash()
    {
        kernel = null;
        generation++;
        Store.Crash(world.Prng);
        world.OnCrash(this);
    }

    /// <summary>Runs something of this process; a crash inside ends the process.</summary>
    public void Run(Action action)
    {
        if (kernel is null)
        {
            return;
        }

        try
        {
            action();
        }
        catch (SimulatedCrash)
        {
            Crash();
        }
    }

    /// <summary>Runs something of this process later, unless it has ended by then.</summary>
    public void Later(int ticks, Action action)
    {
        int mine = generation;
        world.Schedule(ticks, () =>
        {
            if (mine == generation)
            {
                Run(action);
            }
        });
    }

    /// <summary>Gives the kernel an input.</summary>
    public void Handle(Input input) => kernel?.Handle(input);

    /// <summary>Takes bytes from the network.</summary>
    public void Receive(byte[] bytes)
    {
        if (kernel is not null
            && MessageVerifier.TryVerify(bytes, world.ChainId, kernel.Set, world.Keys, out VerifiedMessage? message))
        {
            kernel.Handle(new Input.MessageReceived(message));
        }
    }

    /// <summary>A tick: time for the kernel, and news of the pool.</summary>
    public void Tick()
    {
        executor.TellWork();
        Handle(new Input.Tick());
        if (kernel is not null)
        {
            world.Checker.OnView(this, kernel.View);
            world.Checker.OnOwnKey(this, kernel.Standing == Standing.Stopped);
            if (kernel.Standing == Standing.Stopped)
            {
                // Twins that hear of each other go on all the same.
                Start();
            }
        }
    }

    /// <inheritdoc/>
    public void Send(ReadOnlyMemory<byte> message, Recipients recipients)
    {
        CallPort();
        byte[] bytes = message.ToArray();
        if (IsHonest)
        {
            world.Checker.OnSend(this, bytes);
            world.SayMessage(this, bytes);
        }
        else if (Behaviour == Behaviour.Liar)
        {
            bytes = world.Exaggerate(bytes, signer);
        }

        world.Broadcast(this, bytes, recipients);
    }

    /// <inheritdoc/>
    public void RequestBlocks(Address validator, ulong fromHeight)
    {
        CallPort();
        world.RequestBlocks(this, validator, fromHeight);
    }

    /// <inheritdoc/>
    public void Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced)
    {
        CallPort();
        Store.Persist(items, voteState, synced);
        foreach (StoredItem item in items)
        {
            if (IsHonest && item.Kind == StoredItemKind.OwnMessage)
            {
                world.Checker.OnSigned(this, item);
            }
        }

        CallPort();
    }

    /// <inheritdoc/>
    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
        CallPort();
        if (!executor.HoldsResult(block.Hash))
        {
            throw new SimulationFailure($"node {Index} commits a block whose result it has not");
        }

        if (IsHonest)
        {
            world.Checker.OnCommit(this, block, certificate, nextSet);
        }

        Store.Commit(block, certificate, nextSet);
        executor.Apply(block, nextSet);
        CallPort();
    }

    /// <inheritdoc/>
    public void Record(EquivocationEvidence evidence) => world.Checker.OnEvidence(this, evidence);

    private void CallPort()
    {
        if (portCallsUntilCrash != int.MaxValue && portCallsUntilCrash-- <= 0)
        {
            throw new SimulatedCrash();
        }
    }
}
