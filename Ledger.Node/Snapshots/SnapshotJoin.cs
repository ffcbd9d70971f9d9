using Ledger.Node.Storage;

namespace Ledger.Node.Snapshots;

/// <summary>
/// What a node without blocks does before it takes part: compares its peers' chains with the checkpoint, and fetches a
/// snapshot where they are far ahead. Rule N-8 of the protocol.
/// </summary>
public sealed class SnapshotJoin(
    SnapshotFetch fetch,
    SnapshotMode mode,
    TrustedCheckpoint? checkpoint,
    JoinProgress progress,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>
    /// Returns when the node may begin: true where a snapshot is whole and waits to take the place of the data, false
    /// where the node goes on block by block.
    /// </summary>
    public async Task<bool> RunAsync(LedgerDatabase present, CancellationToken cancellation)
    {
        while (true)
        {
            progress.Asking("asking peers");
            IReadOnlyList<SurveyedPeer> peers = await fetch.SurveyAsync(cancellation);
            if (peers.Count > 0 || (checkpoint is null && mode != SnapshotMode.Always))
            {
                ulong ahead = peers.Select(peer => peer.HeadHeight).DefaultIfEmpty().Max();
                bool isWanted = mode == SnapshotMode.Always
                    ? ahead > 0
                    : mode == SnapshotMode.Auto && ahead > JoinLimits.BlocksByBlockMax;
                if (!isWanted && mode != SnapshotMode.Always)
                {
                    return false;
                }

                if (isWanted && await fetch.RunAsync(peers, present, cancellation))
                {
                    return true;
                }
            }

            progress.Asking("no peer is of use, asking again");
            logger.LogWarning(
                "joining: no peer has shown what is needed (see the lines above); asking again every {Seconds} s",
                JoinLimits.AgainAfter.TotalSeconds);
            await Task.Delay(JoinLimits.AgainAfter, time, cancellation);
        }
    }
}
