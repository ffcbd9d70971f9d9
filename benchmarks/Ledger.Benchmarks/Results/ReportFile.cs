using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;

namespace Ledger.Benchmarks.Results;

/// <summary>
/// The figures of a run as a JSON file: the context, the fields of one point, by which a run is told in one line, and
/// all points.
/// </summary>
public static class ReportFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The report; without any point it has the context alone.</summary>
    /// <param name="context">The run.</param>
    /// <param name="host">What the host bears without the ledger, where that was measured.</param>
    /// <param name="isPartial">Whether the run ended before its end.</param>
    /// <param name="points">What was measured, in the order of the command.</param>
    /// <param name="chief">Which of them stands for the run.</param>
    public static JsonObject Of<T>(
        RunContext context, UnaryLimits? host, bool isPartial, IReadOnlyList<T> points, T? chief)
        where T : class
    {
        JsonObject report = JsonSerializer.SerializeToNode(context, Json)!.AsObject();
        report["partial"] = isPartial;
        report["kestrel_unary"] = JsonSerializer.SerializeToNode(host, Json);
        if (chief is not null)
        {
            foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(chief, Json)!.AsObject())
            {
                report[name] = value?.DeepClone();
            }
        }

        report["points"] = JsonSerializer.SerializeToNode(points, Json);
        return report;
    }

    /// <summary>One point of the fields of several records; a name may occur once.</summary>
    public static JsonObject Join(params IReadOnlyList<object> parts)
    {
        JsonObject point = [];
        foreach (object part in parts)
        {
            foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(part, Json)!.AsObject())
            {
                point.Add(name, value?.DeepClone());
            }
        }

        return point;
    }

    /// <summary>Writes a report, as a whole or not at all.</summary>
    public static void Write(string path, JsonObject report)
    {
        string whole = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        string beside = whole + ".new";
        File.WriteAllText(beside, report.ToJsonString(Json) + "\n");
        File.Move(beside, whole, overwrite: true);
    }
}
