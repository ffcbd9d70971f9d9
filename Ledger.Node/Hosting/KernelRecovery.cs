using System.Collections.Immutable;
using System.Security.Cryptography;
using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Peers;
using Ledger.Node.Snapshots;
using Ledger.Primitives;

namespace Ledger.Node.Hosting;

/// <summary>Brings the kernel to where it stood when the node ended, and decides whether it may vote.</summary>
internal static class KernelRecovery
{
    public static ReplicaKernel Run(
        NodeContext node,
        NodeStorage storage,
        PeerNetwork network,
        ConsensusStore store,
        BlockAssembler assembler,
        ISignatureVerifier verifier,
        VoteKeyUse voteKey,
        VotingStop votingStop)
    {
        LedgerHead head = storage.Chain.Head;
        bool votesAreWhole = VoteLogRecovery.IsWhole(
            node.DataFolder, storage.Database, node.ChainId, head.Height, votingStop, node.Logger("votes"));
        (ReadOnlyMemory<byte> voteState, ImmutableArray<StoredItem> items) =
            votesAreWhole ? store.Load() : (default, []);
        votingStop.Remind();
        if (votesAreWhole && !voteKey.MayVote(hasVoteState: !voteState.IsEmpty))
        {
            votingStop.Stop(head.Height);
        }

        RecoveredState recovered = new(
            node.ChainId, node.Self, head.Height, head.BlockHash, head.Header.TimeUnixMs, head.View, head.NextEpoch,
            head.NextSet, StartNonce(), voteState, items);
        VoteSigner? signer = votingStop.IsStopped ? null : new VoteSigner(node.Secrets.Votes);
        return ReplicaKernel.Recover(recovered, new KernelPorts(
            new PeerPort(network),
            storage.Checkpoint is { } checkpoint ? new CheckpointGuard(store, checkpoint) : store,
            signer, verifier, assembler,
            new EvidenceLog(storage.Database, node.Logger("evidence"))));
    }

    // Not 0, which asks nobody (S-9).
    private static ulong StartNonce() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
}
