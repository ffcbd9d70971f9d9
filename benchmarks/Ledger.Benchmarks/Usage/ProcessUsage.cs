using System.Globalization;

namespace Ledger.Benchmarks.Usage;

/// <summary>What a process has used so far, as the kernel counts it.</summary>
/// <param name="Cpu">Processor time of all its threads, those that have ended too; user and system.</param>
/// <param name="ResidentBytes">Memory that it holds now.</param>
public sealed record ProcessUsage(TimeSpan Cpu, long ResidentBytes)
{
    /// <summary>The kernel shows times to programs in hundredths of a second, whatever it counts in.</summary>
    public const int TicksPerSecond = 100;

    // Numbered as in proc(5), from 1; the second, the name, may hold blanks and brackets.
    private const int UserField = 14;
    private const int SystemField = 15;
    private const int FieldsBeforeState = 2;

    /// <summary>Reads a process that runs.</summary>
    /// <exception cref="BenchmarkException">There is none.</exception>
    public static ProcessUsage Read(int processId)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/");
        try
        {
            return new ProcessUsage(
                CpuOf(File.ReadAllText(folder + "stat")), ResidentOf(File.ReadLines(folder + "status")));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException(
                $"The process {processId} of a node has ended, so its use cannot be read: {gone.Message}");
        }
    }

    /// <summary>Processor time in the text of a <c>stat</c> file.</summary>
    public static TimeSpan CpuOf(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long ticks = Number(fields[UserField - FieldsBeforeState - 1])
            + Number(fields[SystemField - FieldsBeforeState - 1]);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    /// <summary>Resident memory in the lines of a <c>status</c> file.</summary>
    public static long ResidentOf(IEnumerable<string> status)
    {
        const string Name = "VmRSS:";
        string line = status.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))
            ?? throw new IOException("the process has no memory any more");
        return Number(line[Name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0]) * 1024;
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
