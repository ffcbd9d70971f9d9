using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>
/// Fetches a snapshot from peers in turn. Who lies is not asked again; who does not answer is passed over; what was
/// taken is kept whoever brought it.
/// </summary>
public sealed class SnapshotFetch(
    IReadOnlyList<ISnapshotSource> sources,
    SnapshotFolders folders,
    byte[] genesisBytes,
    TrustedCheckpoint? checkpoint,
    ISignatureVerifier verifier,
    JoinProgress progress,
    TimeProvider time,
    ILogger logger)
{
    private readonly GenesisState genesis = GenesisState.Build(genesisBytes);
    private readonly HashSet<ISnapshotSource> liars = [];
    private int turn;
    private int shown = -1;

    /// <summary>
    /// Peers whose chain holds, in the order of the configuration; those that do not answer or lie are left out.
    /// </summary>
    public async Task<IReadOnlyList<SurveyedPeer>> SurveyAsync(CancellationToken cancellation)
    {
        SurveyedPeer?[] found = await Task.WhenAll(sources.Where(source => !liars.Contains(source))
            .Select(source => SurveyAsync(source, cancellation)));
        return [.. found.OfType<SurveyedPeer>()];
    }

    /// <summary>
    /// Fetches what is missing of a snapshot and seals it; false where the peers that are left have none.
    /// </summary>
    public async Task<bool> RunAsync(
        IReadOnlyList<SurveyedPeer> peers, Storage.LedgerDatabase present, CancellationToken cancellation)
    {
        (SnapshotTarget Target, List<SurveyedPeer> Holders)? chosen = await ChooseAsync(peers, cancellation);
        if (chosen is not { } choice)
        {
            return false;
        }

        using (SnapshotStaging staging = SnapshotStaging.Open(folders, choice.Target, genesisBytes))
        {
            if (!await FetchAsync(staging, choice.Holders, cancellation))
            {
                return false;
            }

            staging.Seal(present);
        }

        folders.Complete();
        logger.LogInformation(
            "the snapshot at height {Height} is whole and checked: this node holds blocks from height {First} on",
            choice.Target.Header.Height,
            choice.Target.Header.Height + 1);
        return true;
    }

    private async Task<SurveyedPeer?> SurveyAsync(ISnapshotSource source, CancellationToken cancellation)
    {
        try
        {
            return await WithinAsync(
                limit => SurveyedPeer.FollowAsync(source, genesis, checkpoint, verifier, limit), cancellation);
        }
        catch (LyingPeerException problem)
        {
            Drop(source, problem.Message);
        }
        catch (PeerUnavailableException problem)
        {
            logger.LogInformation("peer {Peer}: {Problem}", source.Name, problem.Message);
        }

        return null;
    }

    // The snapshot that is staged already, where somebody still holds it; else of the newest the one that most hold.
    private async Task<(SnapshotTarget Target, List<SurveyedPeer> Holders)?> ChooseAsync(
        IReadOnlyList<SurveyedPeer> peers, CancellationToken cancellation)
    {
        List<(SurveyedPeer Peer, SnapshotOffer Offer)> offers = [];
        foreach (SurveyedPeer peer in peers)
        {
            offers.AddRange(await OffersAsync(peer, cancellation));
        }

        Hash256? staged = SnapshotStaging.Peek(folders);
        ulong newest = offers.Select(offer => offer.Offer.Height).DefaultIfEmpty().Max();
        foreach (IGrouping<(ulong Height, string Hash), (SurveyedPeer Peer, SnapshotOffer Offer)> group in offers
            .GroupBy(offer => (offer.Offer.Height, offer.Offer.BlockHash.ToBase64()))
            .OrderByDescending(group => staged?.ToArray().AsSpan().SequenceEqual(group.First().Offer.BlockHash.Span))
            .ThenByDescending(group => newest - group.Key.Height <= JoinLimits.BlocksByBlockMax)
            .ThenByDescending(group => group.Count())
            .ThenByDescending(group => group.Key.Height))
        {
            List<SurveyedPeer> holders = [];
            SnapshotTarget? target = null;
            foreach ((SurveyedPeer peer, SnapshotOffer offer) in group.Where(one => !liars.Contains(one.Peer.Source)))
            {
                if (await TargetAsync(peer, offer, cancellation) is { } proved)
                {
                    target ??= proved;
                    holders.Add(peer);
                }
            }

            if (target is not null)
            {
                return (target, holders);
            }
        }

        return null;
    }

    private async Task<IEnumerable<(SurveyedPeer, SnapshotOffer)>> OffersAsync(
        SurveyedPeer peer, CancellationToken cancellation)
    {
        try
        {
            SnapshotList list = await WithinAsync(
                limit => peer.Source.OffersAsync(
                    new SnapshotListRequest { HeightMin = checkpoint?.Height ?? 1 }, limit),
                cancellation);
            return list.Offers
                .Where(offer => offer.Height >= (checkpoint?.Height ?? 1))
                .Take(ServingLimits.PinsMax)
                .Select(offer => (peer, offer));
        }
        catch (PeerUnavailableException problem)
        {
            logger.LogInformation("peer {Peer}: {Problem}", peer.Source.Name, problem.Message);
            return [];
        }
    }

    // A height is believed when its header is shown with a certificate (C-17).
    private async Task<SnapshotTarget?> TargetAsync(
        SurveyedPeer peer, SnapshotOffer offer, CancellationToken cancellation)
    {
        try
        {
            HeaderReply reply = await WithinAsync(
                limit => peer.Source.HeadersAsync(
                    new HeaderRequest { FromEpoch = (ulong)peer.Chain.Ends.Count, Height = offer.Height }, limit),
                cancellation);
            if (reply.Header is not null
                && peer.Chain.IsDecided(reply.Header)
                && BlockHeader.TryDecode(reply.Header.Header.Span, out BlockHeader? header)
                && header.Height == offer.Height
                && BlockHeader.HashOf(reply.Header.Header.Span).ToArray().AsSpan().SequenceEqual(offer.BlockHash.Span))
            {
                return new SnapshotTarget(reply.Header, header, peer.Chain, offer.Bytes);
            }

            Drop(peer.Source, $"it offers a snapshot at height {offer.Height} without a certificate for it");
        }
        catch (PeerUnavailableException problem)
        {
            logger.LogInformation("peer {Peer}: {Problem}", peer.Source.Name, problem.Message);
        }

        return null;
    }

    private async Task<bool> FetchAsync(
        SnapshotStaging staging, List<SurveyedPeer> holders, CancellationToken cancellation)
    {
        while (staging.Next() is { } request)
        {
            Show(staging);
            if (holders.Count == 0)
            {
                return false;
            }

            SurveyedPeer peer = holders[turn++ % holders.Count];
            try
            {
                SnapshotPiece piece = await WithinAsync(
                    limit => peer.Source.PieceAsync(request, limit), cancellation);
                if (!staging.TryTake(piece.Content.Span))
                {
                    Drop(peer.Source, "a piece of the snapshot that it sent is not what the certified block says");
                    holders.Remove(peer);
                }
            }
            catch (PeerUnavailableException problem) when (problem.IsBusy)
            {
                await Task.Delay(JoinLimits.BusyPause, time, cancellation);
            }
            catch (PeerUnavailableException problem)
            {
                logger.LogInformation("peer {Peer}: {Problem}", peer.Source.Name, problem.Message);
                holders.Remove(peer);
            }
        }

        return true;
    }

    private void Show(SnapshotStaging staging)
    {
        int percent = progress.Fetched(staging.BytesReceived, staging.BytesExpected);
        if (percent != shown)
        {
            shown = percent;
            logger.LogInformation("{Progress}", progress.Text);
        }
    }

    private void Drop(ISnapshotSource source, string why)
    {
        liars.Add(source);
        logger.LogError("peer {Peer} is dropped: {Why}", source.Name, why);
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(JoinLimits.AnswerMax, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await ask(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PeerUnavailableException("it does not answer");
        }
    }
}
