using System.Text.Json;

namespace Ledger.Simulator.Command;

/// <summary>
/// Reports on disk: written beside and then put in place, so that a run that is killed leaves a whole one.
/// </summary>
public static class ReportFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Writes anything that is made of plain values.</summary>
    public static void Write<T>(string path, T report)
    {
        string beside = path + ".new";
        File.WriteAllText(beside, JsonSerializer.Serialize(report, Options) + "\n");
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads a report; throws <see cref="UsageException"/> where there is none.</summary>
    public static SimulationReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SimulationReport>(File.ReadAllText(path), Options)
                ?? throw new UsageException($"{path} is empty.");
        }
        catch (Exception problem) when (problem is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} is no report of the simulator: {problem.Message}");
        }
    }
}
