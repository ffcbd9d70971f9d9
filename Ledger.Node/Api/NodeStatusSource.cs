using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Primitives;
using Standing = Ledger.Client.Protos.Standing;

namespace Ledger.Node.Api;

/// <summary>What the node says about itself.</summary>
public sealed class NodeStatusSource(
    NodeIdentity node, ChainState chain, TransactionPool pool, PeerNetwork network, ulong firstBlock,
    Func<ReplicaView> replica)
{
    /// <summary>How the store is.</summary>
    public Func<StorageStatus> Storage { get; init; } = static () => new StorageStatus();

    /// <summary>When records whose time is over were last looked for, or null.</summary>
    public Func<RetentionStatus?> Retention { get; init; } = static () => null;

    /// <summary>For how long agreement has not come back from one piece of work; 0 while it does.</summary>
    public Func<int> StuckSeconds { get; init; } = static () => 0;

    /// <summary>The status at this moment.</summary>
    public NodeStatus Now()
    {
        LedgerHead head = chain.Head;
        ReplicaView view = replica();
        return new NodeStatus
        {
            ChainId = Bytes(node.ChainId),
            ChainName = node.ChainName,
            Institution = Bytes(node.Address.Value),
            InstitutionName = node.Name,
            Height = head.Height,
            HeadHash = Bytes(head.BlockHash),
            StateRoot = Bytes(head.Header.StateRoot),
            HeadTimeUnixMs = head.Header.TimeUnixMs,
            Epoch = head.NextEpoch,
            View = view.View,
            ChangingView = view.IsChanging,
            Validators = (uint)head.NextSet.Count,
            PeersConnected = (uint)network.Connected,
            PendingTransactions = (ulong)pool.Count,
            Behind = view.KnownHeight > head.Height ? view.KnownHeight - head.Height : 0,
            IsValidator = head.NextSet.IndexOf(node.Address) >= 0,
            Version = node.Version,
            LrsUri = node.LrsUri,
            ApiUri = node.ApiUri,
            Leader = Bytes(head.NextSet.Leader(view.View).Value),
            Standing = (Standing)view.Standing,
            Storage = Storage(),
            ResidentBytes = (ulong)Environment.WorkingSet,
            FirstBlock = firstBlock,
            RulesKnown = RulesVersions.Newest,
            RulesInForce = RulesVersions.InForce(head.State, head.Height + 1),
            ConsensusMessages = network.ConsensusMessages,
            Retention = Retention(),
            StuckSeconds = (uint)StuckSeconds(),
        };
    }

    /// <summary>Whether a transaction waits in the pool.</summary>
    public bool IsPending(Hash256 id) => pool.Contains(id);

    private static ByteString Bytes(Hash256 hash) => ByteString.CopyFrom(hash.ToArray());
}
