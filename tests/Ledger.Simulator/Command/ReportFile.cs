using System.Text.Json;

namespace Ledger.Simulator.Command;

/// <summary>
/// Reads and writes reports; a file is always whole, also when the run is killed while it is written.
/// </summary>
public static class ReportFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Reads a report; throws <see cref="ArgumentProblem"/> where there is none.</summary>
    public static SimulationReport Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ArgumentProblem($"There is no report '{path}': name one that --json has written.");
        }

        ReportDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<ReportDocument>(File.ReadAllText(path), Options);
        }
        catch (JsonException)
        {
            document = null;
        }

        return document is { Ranges.Count: > 0 }
            ? new SimulationReport(document)
            : throw new ArgumentProblem($"'{path}' is not a report: name one that --json has written.");
    }

    /// <summary>Writes a report beside the file and then puts it in its place.</summary>
    public static void Write(string path, SimulationReport report) => Write(path, report.ToDocument());

    /// <summary>Writes any document so.</summary>
    public static void Write<T>(string path, T document)
    {
        string beside = path + ".new";
        File.WriteAllText(beside, JsonSerializer.Serialize(document, Options));
        File.Move(beside, path, overwrite: true);
    }
}
