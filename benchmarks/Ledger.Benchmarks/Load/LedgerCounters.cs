using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;
using Ledger.Client.Protos;

namespace Ledger.Benchmarks.Load;

/// <summary>What nodes and processes count, at one moment.</summary>
/// <param name="Usage">Processor time and memory.</param>
/// <param name="Heights">Height of each node.</param>
/// <param name="SyncedBatches">Batches that each node has waited for to be on disk.</param>
public sealed record LedgerCounters(
    UsageSnapshot Usage, IReadOnlyList<ulong> Heights, IReadOnlyList<ulong> SyncedBatches)
{
    /// <summary>A node that is asked in the moment before it decides stands a block or two behind.</summary>
    private const ulong BlocksOfOthers = 10;

    /// <summary>Reads them now.</summary>
    public static async Task<LedgerCounters> TakeAsync(
        BenchmarkConsortium consortium, CancellationToken cancellation)
    {
        IReadOnlyList<NodeStatus> statuses = await consortium.StatusesAsync(cancellation);
        return Of([.. consortium.Members.Select(member => member.ProcessId)], statuses);
    }

    /// <summary>Of nodes that have just said their status.</summary>
    public static LedgerCounters Of(IReadOnlyList<int> processes, IReadOnlyList<NodeStatus> statuses) => new(
        UsageSnapshot.Take(processes),
        [.. statuses.Select(status => status.Height)],
        [.. statuses.Select(status => status.Storage.SyncedBatches)]);

    /// <summary>Blocks that were decided since: by the node that is farthest, for others may be behind.</summary>
    public ulong BlocksSince(LedgerCounters before) => Heights.Max() - before.Heights.Max();

    /// <summary>Nodes that have decided nothing since, while others have decided some blocks.</summary>
    public IReadOnlyList<int> StoodStillSince(LedgerCounters before) => BlocksSince(before) < BlocksOfOthers
        ? []
        : [.. Enumerable.Range(0, Heights.Count).Where(node => Heights[node] == before.Heights[node])];

    /// <summary>Syncs of a node for one block, on average over nodes and blocks since; 0 without a block.</summary>
    public double SyncsPerBlockSince(LedgerCounters before)
    {
        double blocks = 0;
        double syncs = 0;
        for (int node = 0; node < Heights.Count; node++)
        {
            blocks += Heights[node] - before.Heights[node];
            syncs += SyncedBatches[node] - before.SyncedBatches[node];
        }

        return blocks > 0 ? syncs / blocks : 0;
    }
}
