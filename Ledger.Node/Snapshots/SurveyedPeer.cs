using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>A peer whose chain was followed from what is trusted to its head.</summary>
public sealed class SurveyedPeer
{
    private SurveyedPeer(ISnapshotSource source, CertifiedChain chain, ulong headHeight)
    {
        Source = source;
        Chain = chain;
        HeadHeight = headHeight;
    }

    /// <summary>The peer.</summary>
    public ISnapshotSource Source { get; }

    /// <summary>The sets of its chain.</summary>
    public CertifiedChain Chain { get; }

    /// <summary>The height of its head, for which it has shown a certificate; 0 while its chain has no block.</summary>
    public ulong HeadHeight { get; }

    /// <summary>Follows a peer's chain.</summary>
    /// <exception cref="LyingPeerException">It is not proved, or does not contain the checkpoint.</exception>
    /// <exception cref="PeerUnavailableException">It does not answer, or lacks the checkpoint's header.</exception>
    public static async Task<SurveyedPeer> FollowAsync(
        ISnapshotSource source,
        GenesisState genesis,
        TrustedCheckpoint? checkpoint,
        ISignatureVerifier verifier,
        CancellationToken cancellation)
    {
        CertifiedChain chain = CertifiedChain.Begin(genesis, verifier);
        HeaderReply reply = await ReadEndsAsync(source, chain, cancellation);
        ulong headHeight = 0;
        if (reply.Header is not null)
        {
            headHeight = chain.IsDecided(reply.Header)
                && BlockHeader.TryDecode(reply.Header.Header.Span, out BlockHeader? head)
                    ? head.Height
                    : throw new LyingPeerException("the certificate of its head does not hold");
        }

        if (checkpoint is not null)
        {
            await RequireAsync(source, chain, headHeight, checkpoint, cancellation);
        }

        return new SurveyedPeer(source, chain, headHeight);
    }

    private static async Task<HeaderReply> ReadEndsAsync(
        ISnapshotSource source, CertifiedChain chain, CancellationToken cancellation)
    {
        for (int page = 0; page < JoinLimits.PagesMax; page++)
        {
            HeaderReply reply = await source.HeadersAsync(
                new HeaderRequest { FromEpoch = (ulong)chain.Ends.Count }, cancellation);
            foreach (EpochEnd end in reply.Ends)
            {
                if (!chain.TryAdd(end))
                {
                    throw new LyingPeerException(
                        $"the end of epoch {chain.Ends.Count} was not decided by the set before it");
                }
            }

            if (reply.Ends.Count < ServingLimits.EpochEndsMax)
            {
                return reply;
            }
        }

        throw new LyingPeerException("it shows epochs without end");
    }

    private static async Task RequireAsync(
        ISnapshotSource source,
        CertifiedChain chain,
        ulong headHeight,
        TrustedCheckpoint checkpoint,
        CancellationToken cancellation)
    {
        if (headHeight < checkpoint.Height)
        {
            throw new PeerUnavailableException(
                $"it stands at height {headHeight}, before the checkpoint at {checkpoint.Height}");
        }

        HeaderReply reply = await source.HeadersAsync(
            new HeaderRequest { FromEpoch = (ulong)chain.Ends.Count, Height = checkpoint.Height }, cancellation);
        if (reply.Header is null)
        {
            throw new PeerUnavailableException(
                $"it holds blocks from height {reply.FirstBlock} on and not the header of the checkpoint");
        }

        Hash256 shown = BlockHeader.HashOf(reply.Header.Header.Span);
        if (shown != checkpoint.BlockHash)
        {
            throw new LyingPeerException(
                $"its chain does not contain the checkpoint: block {checkpoint.Height} has the hash {shown} there, "
                + $"and {checkpoint.BlockHash} is trusted");
        }

        if (!chain.FollowsFrom(reply.Header))
        {
            throw new LyingPeerException("its validator sets do not follow from the checkpoint");
        }
    }
}
