using System.Diagnostics;

namespace Ledger.Benchmarks.Usage;

/// <summary>What was used between two moments.</summary>
public sealed record UsageSpan
{
    /// <summary>Processor time of all validators.</summary>
    public required TimeSpan NodesCpu { get; init; }

    /// <summary>Share of the host's processors that the load generator had, 0 to 1.</summary>
    public required double ClientCpuShare { get; init; }

    /// <summary>
    /// Share of the host's processors that neither validators nor load generator had, but somebody else, 0 to 1.
    /// </summary>
    public required double ElsewhereCpuShare { get; init; }

    /// <summary>Resident memory of the largest validator, at the end.</summary>
    public required long ResidentBytesMax { get; init; }

    /// <summary>Milliseconds of the validators' processor time for each of so many operations; 0 of none.</summary>
    public double NodesCpuMsPer(long operations) => operations == 0 ? 0 : NodesCpu.TotalMilliseconds / operations;

    /// <summary>The difference.</summary>
    public static UsageSpan Between(UsageSnapshot from, UsageSnapshot to, int cores)
    {
        TimeSpan nodes = TimeSpan.Zero;
        for (int place = 0; place < from.Nodes.Count; place++)
        {
            nodes += to.Nodes[place].Cpu - from.Nodes[place].Cpu;
        }

        TimeSpan client = to.Client - from.Client;
        double available = Stopwatch.GetElapsedTime(from.At, to.At).TotalSeconds * cores;
        TimeSpan elsewhere = to.HostBusy - from.HostBusy - nodes - client;
        return new UsageSpan
        {
            NodesCpu = nodes,
            ClientCpuShare = Share(client, available),
            ElsewhereCpuShare = Share(elsewhere, available),
            ResidentBytesMax = to.Nodes.Max(node => node.ResidentBytes),
        };
    }

    // The two counters that are compared tick at different moments: a little below nothing is nothing.
    private static double Share(TimeSpan used, double available) =>
        available > 0 ? Math.Clamp(used.TotalSeconds / available, 0, 1) : 0;
}
