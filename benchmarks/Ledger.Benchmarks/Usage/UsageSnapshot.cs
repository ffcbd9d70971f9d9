using System.Diagnostics;
using System.Globalization;

namespace Ledger.Benchmarks.Usage;

/// <summary>What nodes, load generator and the whole host have used, at one moment.</summary>
/// <param name="At">When, by the monotonic clock.</param>
/// <param name="Nodes">Each validator.</param>
/// <param name="Client">This process, the load generator.</param>
/// <param name="HostBusy">Time that all processors have been busy, added.</param>
public sealed record UsageSnapshot(
    long At, IReadOnlyList<ProcessUsage> Nodes, TimeSpan Client, TimeSpan HostBusy)
{
    /// <summary>Reads them now.</summary>
    public static UsageSnapshot Take(IReadOnlyList<int> nodes) => new(
        Stopwatch.GetTimestamp(),
        [.. nodes.Select(ProcessUsage.Read)],
        Environment.CpuUsage.TotalTime,
        BusyOf(File.ReadLines("/proc/stat").First()));

    /// <summary>
    /// Time that processors have been busy, in the first line of the kernel's <c>stat</c> file: user, nice and system
    /// time, interrupts, and what the hypervisor took.
    /// </summary>
    public static TimeSpan BusyOf(string line)
    {
        long[] fields = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(field => long.Parse(field, NumberStyles.None, CultureInfo.InvariantCulture))];
        const int Idle = 3;
        const int Waiting = 4;

        // What guests use, from the ninth on, is within user time already.
        const int Counted = 8;
        long busy = fields.Take(Counted).Where((_, place) => place is not (Idle or Waiting)).Sum();
        return TimeSpan.FromSeconds((double)busy / ProcessUsage.TicksPerSecond);
    }
}
