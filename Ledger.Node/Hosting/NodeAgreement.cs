using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Agreement;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Keys;
using Ledger.Node.Membership;
using Ledger.Node.Peers;
using Ledger.Node.Pool;

namespace Ledger.Node.Hosting;

/// <summary>
/// The kernel with all that feeds it and all that it feeds: transactions that wait, their gossip, what peers say.
/// </summary>
internal sealed class NodeAgreement
{
    private readonly FetchedBodies fetched = new();
    private readonly BlockAssembler assembler;
    private readonly ReplicaKernel kernel;
    private readonly PeerNetwork network;
    private readonly PoolUpkeep upkeep;

    /// <summary>Brings the kernel to where it stood; it runs after <see cref="Start"/>.</summary>
    public NodeAgreement(NodeContext node, NodeStorage storage, NodePeers peers, Action<Exception> onFailure)
    {
        network = peers.Network;
        TimeProvider time = node.Time;
        ChainState chain = storage.Chain;
        Pool = new TransactionPool(time);
        upkeep = new PoolUpkeep(Pool, chain, time);
        Host = new KernelHost(onFailure);
        KernelWatch = new KernelWatch(() => Host.Steps, onFailure, node.Logger("agreement"));
        BodyStore bodies = new(Pool, fetched, storage.Database, node.ChainId, node.Verifier);
        assembler = new BlockAssembler(
            node.ChainId, chain, Pool, storage.Index, bodies, fetched, time, Host, network);
        RememberingVerifier votes = new(node.Verifier);
        VoteKeyUse voteKey = new(node.Configuration, node.ChainId, node.Logger("votes"));
        VotingStop votingStop = new(node.Configuration, node.Logger("votes"));
        ConsensusStore store = new(storage.Database, new ChainWriter(storage.Database), assembler, chain, voteKey.Mark);
        Intake = new TransactionIntake(node.ChainId, chain, Pool, fetched, node.Verifier, time);
        Gossip = new TransactionGossip(network, Pool, chain);
        FreshReads = new FreshReads(
            node.ChainId, node.Self, node.Secrets.Identity, chain, network, peers.Directory, node.Verifier,
            () => store.CommitSignedHeight);
        ReadyAnswers readyAnswers = new(node.Self, chain, Host, network);
        ReadyCollector = new ReadyCollector(
            node.ChainId, node.Self, chain, network, readyAnswers, node.Verifier, time);
        Frames = new FrameHandler(
            node.ChainId, chain, storage.Reader, bodies, Intake, new WaitingExchange(Pool, chain.Recent), fetched, Host,
            network, FreshReads, Heights, readyAnswers, ReadyCollector, storage.Healer, votes);
        Outcomes = new OutcomeTracker(chain, storage.Reader);
        kernel = KernelRecovery.Run(
            node, storage, network, store, assembler, votes, voteKey, votingStop);
        Watch = new ReplicaWatch(kernel, Host, assembler, Heights, votingStop);
        Connect(chain);
    }

    public TransactionPool Pool { get; }

    public KernelHost Host { get; }

    /// <summary>Notices when the kernel's thread does not come back.</summary>
    public KernelWatch KernelWatch { get; }

    public TransactionIntake Intake { get; }

    public TransactionGossip Gossip { get; }

    public FreshReads FreshReads { get; }

    public PeerHeights Heights { get; } = new();

    public ReadyCollector ReadyCollector { get; }

    /// <summary>Takes what peers send.</summary>
    public FrameHandler Frames { get; }

    /// <summary>What has become of transactions.</summary>
    public OutcomeTracker Outcomes { get; }

    public ReplicaWatch Watch { get; }

    /// <summary>Starts the kernel's thread, and the watch over it.</summary>
    public void Start()
    {
        Host.Start(kernel);
        KernelWatch.Start();
    }

    private void Connect(ChainState chain)
    {
        Pool.WorkChanged += pending => Host.Post(new Input.WorkChanged(pending));
        Pool.Arrived += assembler.OnBodyArrived;
        Pool.Arrived += assembler.OnWorkArrived;
        fetched.Arrived += assembler.OnBodyArrived;
        Host.EveryQuarterSecond = OnQuarterSecond;
        chain.Decided += OnDecided;
    }

    private void OnQuarterSecond()
    {
        upkeep.Look();
        assembler.AskForMissing();
        Watch.Look();
        network.Prune();
    }

    private void OnDecided(ExecutedBlock block)
    {
        upkeep.OnDecided(block);
        fetched.OnDecided(block.Block.Leaves);
        bool ends = block.Result.Events.Any(one =>
            one.Kind is ContractEventKind.InstitutionRevoked or ContractEventKind.KeyRotated);
        if (ends || block.Block.Header.EndsEpoch)
        {
            network.Refresh();
        }
    }
}
