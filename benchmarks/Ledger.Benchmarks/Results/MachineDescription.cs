using System.Runtime.InteropServices;

namespace Ledger.Benchmarks.Results;

/// <summary>The host, as far as figures depend on it.</summary>
/// <param name="Cpu">The processor's name.</param>
/// <param name="Cores">Processors that this process sees.</param>
/// <param name="MemoryMb">Memory.</param>
/// <param name="System">Kernel and distribution.</param>
/// <param name="Runtime">The .NET runtime.</param>
public sealed record MachineDescription(string Cpu, int Cores, long MemoryMb, string System, string Runtime)
{
    private const string Unknown = "unknown";

    /// <summary>Describes this host.</summary>
    public static MachineDescription Read() => new(
        After("/proc/cpuinfo", "model name", ':') ?? Unknown,
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024),
        $"{RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version}",
        RuntimeInformation.FrameworkDescription);

    private static string? After(string file, string name, char separator)
    {
        string? line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim();
    }
}
