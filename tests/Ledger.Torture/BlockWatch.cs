using System.Diagnostics;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;

namespace Ledger.Torture;

/// <summary>Sees every block that a running node decides, with the view whose votes decided it, as it comes.</summary>
internal sealed class BlockWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<Sighting> seen = [];
    private readonly Task watching;

    /// <summary>Watches the node of a member from its next block on.</summary>
    public BlockWatch(Member member, ulong fromHeight)
    {
        watching = Task.Run(() => WatchAsync(member, fromHeight));
    }

    /// <summary>The first block that was seen after a moment and that <paramref name="wanted"/> lets through.</summary>
    public Sighting? FirstAfter(long timestamp, Func<Sighting, bool> wanted)
    {
        lock (gate)
        {
            return seen.Find(sighting => sighting.Timestamp >= timestamp && wanted(sighting));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
    }

    private async Task WatchAsync(Member member, ulong fromHeight)
    {
        try
        {
            await foreach (BlockSummary block in member.Client.WatchBlocksAsync(fromHeight, stopping.Token))
            {
                lock (gate)
                {
                    seen.Add(new Sighting(
                        block.Certificate.Height, block.Certificate.View, Stopwatch.GetTimestamp()));
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or LedgerClientException)
        {
            // Disposed, or its node was killed.
        }
    }

    /// <summary>A block that a node decided.</summary>
    /// <param name="Height">Its height.</param>
    /// <param name="View">The view of its commit certificate.</param>
    /// <param name="Timestamp">When it was seen, by the monotonic clock.</param>
    internal sealed record Sighting(ulong Height, ulong View, long Timestamp);
}
