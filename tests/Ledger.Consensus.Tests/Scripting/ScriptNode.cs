using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>One process of a script: the real kernel, a disk, a pool, and a voice that its world hears.</summary>
internal sealed class ScriptNode(ScriptWorld world, string name, int seat, ScriptStore store)
    : IPeers, IBlockStore, IEvidenceLog
{
    private readonly List<string> evidence = [];
    private ReplicaKernel? kernel;
    private ScriptExecutor? executor;
    private string? crashPoint;
    private string said = string.Empty;
    private ulong starts;
    private int ticks;

    public string Name => name;

    public int Seat => seat;

    public bool IsUp => kernel is not null;

    public ReplicaKernel Kernel => kernel ?? throw new ScriptFailure($"{name} is down");

    public ScriptExecutor Executor => executor ?? throw new ScriptFailure($"{name} is down");

    public ScriptStore Store { get; set; } = store;

    /// <summary>A copy of the disk that was put aside.</summary>
    public ScriptStore? Backup { get; set; }

    /// <summary>Proofs against others, in words.</summary>
    public IReadOnlyList<string> Evidence => evidence;

    /// <summary>Starts from the disk.</summary>
    public void Start()
    {
        crashPoint = null;
        starts++;
        executor = new ScriptExecutor(world, this);
        kernel = null;
        kernel = ReplicaKernel.Recover(
            Store.Recover(world.Chain.Seat(seat).Address, starts),
            new KernelPorts(this, this, world.Chain.Signer(seat), world.Chain.Keys, executor, this));
        said = Standing();
        Work();
    }

    public void Crash() => kernel = null;

    /// <summary>20 ms; once a second the kernel is told how old its work is (C-20).</summary>
    public void Tick()
    {
        Handle(new Input.Tick());
        Executor.Age();
        if (++ticks % Ticks.PerStatus == 0 && Executor.OldestTicks is ulong age)
        {
            Handle(new Input.OldestWork(age));
        }
    }

    /// <summary>The next time that the process comes to this point, it ends there.</summary>
    public void CrashAt(string point) => crashPoint = point;

    /// <summary>Gives the kernel an input, and all answers that follow; says what changed by it.</summary>
    public void Handle(Input input)
    {
        if (kernel is null)
        {
            return;
        }

        try
        {
            kernel.Handle(input);
            Work();
        }
        catch (ScriptCrash)
        {
            kernel = null;
            world.Say($"{name} crashes");
        }
    }

    /// <summary>Takes what the network brings.</summary>
    public void Receive(ScriptPacket packet)
    {
        switch (packet.Kind)
        {
            case ScriptPacket.RequestKind:
                Answer(packet);
                break;
            case ScriptPacket.BlockKind:
                Handle(new Input.CertifiedBlockReceived(
                    packet.Block!, packet.Certificate!, world.Chain.Seat(world.SeatOf(packet.From)).Address));
                break;
            default:
                ReceiveMessage(packet.Message);
                break;
        }
    }

    void IPeers.Send(ReadOnlyMemory<byte> message, Recipients recipients)
    {
        Reach("send");
        world.Send(this, message.ToArray(), recipients);
    }

    void IPeers.RequestBlocks(Address validator, ulong fromHeight) => world.Request(this, validator, fromHeight);

    void IBlockStore.Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced)
    {
        Reach("persist");
        Store.Persist(items, voteState);
        Reach("persisted");
    }

    void IBlockStore.Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet)
    {
        Reach("decide");
        Store.Commit(block, certificate, nextSet, world.Chain.Seat(seat).Address);
        world.Safety.OnCommit(this, block);
        Executor.Apply(block);
        world.Say($"{name} decides {world.Names.Of(block)} (h{block.Height} v{certificate.View})");
        Reach("decided");
    }

    void IEvidenceLog.Record(EquivocationEvidence found)
    {
        VerifiedMessage first = world.Read(found.First);
        VerifiedMessage second = world.Read(found.Second);
        string line = $"{world.Chain.NumberOf(first.Sender)} signed"
            + $" {world.Names.Of(first.Content)} and {world.Names.Of(second.Content)}";
        evidence.Add(line);
        world.Say($"{name} keeps evidence: {line}");
    }

    /// <summary>How it stands, in words.</summary>
    public string Describe() => kernel is null
        ? "down"
        : $"height {kernel.Height} {world.Names.Of(kernel.HeadHash)}, {Standing()}{Executor.Describe()}";

    private string Standing() => kernel is null
        ? "down"
        : $"{(kernel.IsChangingView ? "leaving for" : "in")} view {kernel.View}"
            + kernel.Standing switch
            {
                Ledger.Consensus.Standing.Observer => ", observing",
                Ledger.Consensus.Standing.Waiting => ", waiting for witnesses",
                Ledger.Consensus.Standing.Voting => string.Empty,
                Ledger.Consensus.Standing.Stopped => ", signs no more",
                _ => throw new ScriptFailure("a standing without words"),
            };

    private void ReceiveMessage(byte[] bytes)
    {
        if (kernel is not null && MessageVerifier.TryVerify(
            bytes, world.Chain.ChainId, kernel.Set, world.Chain.Keys, out VerifiedMessage? message))
        {
            Handle(new Input.MessageReceived(message));
        }
    }

    private void Answer(ScriptPacket request)
    {
        foreach (Input.CertifiedBlockReceived one in Store.Blocks.Skip((int)request.FromHeight - 1))
        {
            world.SendBlock(name, request.From, one.Block, one.Certificate);
        }
    }

    // Answers of the executor come after the call that asked for them.
    private void Work()
    {
        while (kernel is not null && Executor.NextAnswer() is Input answer)
        {
            kernel.Handle(answer);
        }

        if (Standing() != said)
        {
            said = Standing();
            world.Say($"{name} is {said}");
        }
    }

    private void Reach(string point)
    {
        if (crashPoint == point)
        {
            crashPoint = null;
            throw new ScriptCrash();
        }
    }
}
