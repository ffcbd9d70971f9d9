using Ledger.Benchmarks.Usage;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Running;

/// <summary>
/// Waits until nodes, and this process, are at rest after work: what has been called often is compiled anew beside the
/// work, and for seconds after it.
/// </summary>
public static class NodesAtRest
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Of all processes together, in one look: nodes at rest use some hundredths of a processor.</summary>
    private static readonly TimeSpan UsedMax = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks in a row: between two methods that are compiled there may be a pause.</summary>
    private const int LooksInARow = 2;

    /// <summary>A machine on which nothing comes to rest is measured as it is.</summary>
    private const int LooksMax = 60;

    /// <summary>Waits; a minute at most.</summary>
    public static async Task WaitAsync(IReadOnlyList<DevnetNode> nodes, CancellationToken cancellation)
    {
        TimeSpan before = UsedBy(nodes);
        int quiet = 0;
        for (int look = 0; look < LooksMax && quiet < LooksInARow; look++)
        {
            await Task.Delay(Look, cancellation);
            TimeSpan used = UsedBy(nodes);
            quiet = used - before < UsedMax ? quiet + 1 : 0;
            before = used;
        }
    }

    private static TimeSpan UsedBy(IReadOnlyList<DevnetNode> nodes) => nodes
        .Aggregate(Environment.CpuUsage.TotalTime, (sum, node) => sum + ProcessUsage.Read(NodeProcess.IdOf(node)).Cpu);
}
