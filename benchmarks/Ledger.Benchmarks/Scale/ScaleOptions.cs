using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Scale;

/// <summary>What <c>bench scale</c> was asked for; a list that is empty is not measured.</summary>
/// <param name="Nodes">Numbers of validators.</param>
/// <param name="Records">Numbers of records on the ledger, rising.</param>
/// <param name="Blocks">Lengths of the chain, rising.</param>
/// <param name="Clients">Clients of each load.</param>
/// <param name="World">Learners and verbs of the school whose records grow.</param>
/// <param name="Times">Phases of a round.</param>
/// <param name="Rounds">How many times each is measured.</param>
/// <param name="Seed">Decides what the transactions hold.</param>
public sealed record ScaleOptions(
    IReadOnlyList<int> Nodes,
    IReadOnlyList<int> Records,
    IReadOnlyList<int> Blocks,
    int Clients,
    WorldSize World,
    LoadTimes Times,
    int Rounds,
    ulong Seed)
{
    /// <summary>Requires something to grow, sizes that rise, and a host that bears them.</summary>
    /// <exception cref="BenchmarkException">There is nothing, they do not, or it does not.</exception>
    public void Require(HostCapacity host)
    {
        if (Nodes.Count + Records.Count + Blocks.Count == 0)
        {
            throw new BenchmarkException(
                "Name what grows: --nodes 4,7,10,16, --records 100000,1000000 or --blocks 1000,10000.");
        }

        if (!Rises(Records) || !Rises(Blocks))
        {
            throw new BenchmarkException(
                "--records and --blocks must rise: one ledger grows from the first to the last.");
        }

        foreach (int nodes in Nodes.Append(DevnetPlan.NodesMin))
        {
            host.RequireRoomFor(nodes, Clients);
        }

        // Consortia of all sizes run at the same time.
        host.RequireMemoryFor(Nodes.Sum());
    }

    private static bool Rises(IReadOnlyList<int> numbers) =>
        numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
}
