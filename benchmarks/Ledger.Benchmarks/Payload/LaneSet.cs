using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Running;
using Ledger.Client.Nodes;

namespace Ledger.Benchmarks.Payload;

/// <summary>
/// Clients with a stream each, dealt to the schools' nodes in turn; up to 64 of them share a connection.
/// </summary>
public sealed class LaneSet : IAsyncDisposable
{
    private readonly List<LedgerClient> connections = [];
    private readonly List<SubmissionLane> lanes = [];

    /// <summary>Opens so many.</summary>
    public LaneSet(IReadOnlyList<TransactionSupply> supplies, int clients)
    {
        for (int node = 0; node < supplies.Count; node++)
        {
            int share = (clients / supplies.Count) + (node < clients % supplies.Count ? 1 : 0);
            LedgerClient[] own = [.. Enumerable.Range(0, HostCapacity.ConnectionsOf(share))
                .Select(_ => supplies[node].School.Connect())];
            connections.AddRange(own);
            lanes.AddRange(Enumerable.Range(0, share)
                .Select(place => new SubmissionLane(own[place % own.Length], supplies[node])));
        }
    }

    /// <summary>The clients.</summary>
    public IReadOnlyList<ILoadClient> Clients => lanes;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(lanes.Select(lane => lane.DisposeAsync().AsTask()));
        foreach (LedgerClient connection in connections)
        {
            connection.Dispose();
        }
    }
}
