using System.Globalization;

namespace Ledger.Benchmarks.Usage;

/// <summary>The most memory that a process has ever held, as the kernel counts it.</summary>
public static class PeakMemory
{
    private const string Name = "VmHWM:";

    private const double Kilo = 1024;

    /// <summary>Of a process that runs, in MiB.</summary>
    /// <exception cref="BenchmarkException">There is none.</exception>
    public static double OfMb(int processId)
    {
        try
        {
            string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"))
                .First(static line => line.StartsWith(Name, StringComparison.Ordinal));
            string kilobytes = line[Name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0];
            return long.Parse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture) / Kilo;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new BenchmarkException($"The process {processId} has ended: {gone.Message}");
        }
    }
}
