using System.Collections.Immutable;
using Ledger.Primitives;
using Ledger.Simulator;

namespace Ledger.Consensus.Tests;

/// <summary>One real kernel among hand-made messages: what it sends, writes and asks for is kept in lists.</summary>
internal sealed class ScriptedNode : IPeers, IBlockStore, IBlockExecutor, IEvidenceLog
{
    public const ulong StartNonce = 7;

    private readonly TestChain chain;
    private readonly IVoteSigner signer;
    private ReplicaKernel kernel;

    /// <summary>The validator at a place of the chain's set, at genesis.</summary>
    public ScriptedNode(TestChain chain, int place)
        : this(chain, place, chain.Signers[place])
    {
    }

    /// <summary>The same with keys of its own.</summary>
    public ScriptedNode(TestChain chain, int place, IVoteSigner signer)
    {
        this.chain = chain;
        this.signer = signer;
        Place = place;
        Store = new SimulatedStore(chain.Genesis, chain.Set);
        kernel = Recover();
        BeWitnessed();
    }

    public int Place { get; }

    public SimulatedStore Store { get; }

    public ReplicaKernel Kernel => kernel;

    /// <summary>What was sent since the last look, in order, without advice.</summary>
    public List<(VerifiedMessage Message, Recipients To)> Sent { get; } = [];

    public int StatusCount { get; private set; }

    /// <summary>What it said that it saw of others' keys.</summary>
    public List<ConsensusMessage.Witness> Witnesses { get; } = [];

    public List<EquivocationEvidence> Evidence { get; } = [];

    public List<(Address Validator, ulong FromHeight)> Requests { get; } = [];

    public List<(ProposalBlock Block, ExecutionMode Mode)> Executions { get; } = [];

    /// <summary>What the executor says to every block.</summary>
    public ExecutionOutcome? Verdict { get; set; }

    /// <summary>What the leader builds; null for nothing.</summary>
    public ProposalBlock? ToBuild { get; set; }

    /// <summary>Whether the executor leaves requests for a block without an answer.</summary>
    public bool HoldsBuild { get; set; }

    /// <summary>The last request for a block.</summary>
    public BuildRequest? LastBuild { get; private set; }

    public int BuildCount { get; private set; }

    public void Tick(int count)
    {
        for (int tick = 0; tick < count; tick++)
        {
            kernel.Handle(new Input.Tick());
        }
    }

    public void Receive(VerifiedMessage message) => kernel.Handle(new Input.MessageReceived(message));

    public void Work() => kernel.Handle(new Input.WorkChanged(true));

    /// <summary>Loses all that is not on disk.</summary>
    public void Restart()
    {
        Sent.Clear();
        Executions.Clear();
        kernel = Recover();
        BeWitnessed();
    }

    /// <summary>Starts again, and nobody has said yet what it saw of the key.</summary>
    public void RestartUnwitnessed()
    {
        StatusCount = 0;
        Sent.Clear();
        Executions.Clear();
        kernel = Recover();
    }

    /// <summary>The others say that they have seen nothing of the key.</summary>
    public void BeWitnessed()
    {
        foreach (Validator one in kernel.Set.Validators)
        {
            int place = kernel.Set.IndexOf(one.Address);
            if (place != Place)
            {
                Receive(chain.Sign(
                    place,
                    new ConsensusMessage.Witness(0, 0, 0, chain.Set[Place].Address, StartNonce, null)));
            }
        }

        StatusCount = 0;
    }

    /// <summary>The messages of a kind that were sent.</summary>
    public T[] SentOf<T>()
        where T : ConsensusMessage => [.. Sent.Select(one => one.Message.Content).OfType<T>()];

    public void Send(ReadOnlyMemory<byte> message, Recipients recipients)
    {
        bool read = MessageVerifier.TryVerify(
            message.Span, chain.ChainId, chain.Set, chain.Keys, out VerifiedMessage? verified);
        if (!signer.Keys.Contains(chain.Set[Place].VoteKey))
        {
            return; // What it says with another key, nobody listens to.
        }

        Assert.That(read, Is.True, "a node sends only what verifies");
        if (verified!.Content is ConsensusMessage.Witness witness)
        {
            Witnesses.Add(witness);
        }
        else if (verified.Content.IsAdvice)
        {
            StatusCount++;
        }
        else
        {
            Sent.Add((verified, recipients));
        }
    }

    public void RequestBlocks(Address validator, ulong fromHeight) => Requests.Add((validator, fromHeight));

    public void Persist(ImmutableArray<StoredItem> items, ReadOnlyMemory<byte> voteState, bool synced) =>
        Store.Persist(items, voteState, synced);

    public void Commit(ProposalBlock block, Certificate certificate, ValidatorSet nextSet) =>
        Store.Commit(block, certificate, nextSet);

    public void Build(BuildRequest request)
    {
        LastBuild = request;
        BuildCount++;
        if (!HoldsBuild)
        {
            AnswerBuild(ToBuild);
        }
    }

    /// <summary>Answers the last request for a block.</summary>
    public void AnswerBuild(ProposalBlock? built) => kernel.Handle(
        new Input.ProposalBuilt(LastBuild!.Height, LastBuild.View, built, built is null ? null : chain.Set));

    public void Execute(ProposalBlock block, ExecutionMode mode)
    {
        Executions.Add((block, mode));
        if (Verdict is not null)
        {
            kernel?.Handle(new Input.Executed(block.Hash, mode, Verdict));
        }
    }

    /// <summary>Gives the verdict on the last execution that was asked for.</summary>
    public void AnswerLast(ExecutionOutcome outcome)
    {
        (ProposalBlock block, ExecutionMode mode) = Executions[^1];
        kernel.Handle(new Input.Executed(block.Hash, mode, outcome));
    }

    public void Record(EquivocationEvidence evidence) => Evidence.Add(evidence);

    private ReplicaKernel Recover() => ReplicaKernel.Recover(
        Store.Recover(chain.ChainId, chain.Set[Place].Address, StartNonce),
        new KernelPorts(this, this, signer, chain.Keys, this, this));
}
