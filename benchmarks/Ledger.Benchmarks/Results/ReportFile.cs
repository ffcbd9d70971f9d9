using System.Text.Json.Nodes;

namespace Ledger.Benchmarks.Results;

/// <summary>
/// The figures of a run as a JSON file: the context, the fields of one point, by which a run is told in one line, and
/// all points.
/// </summary>
public static class ReportFile
{
    /// <summary>The field that holds all points.</summary>
    public const string Points = "points";

    /// <summary>
    /// A report. It has the names of <see cref="RunFigures"/> at its top in any case, with null where the run has no
    /// such figure.
    /// </summary>
    /// <param name="context">The run.</param>
    /// <param name="isPartial">Whether the run ended before its end.</param>
    /// <param name="chief">What stands for the run, if anything was measured; its fields are told at the top.</param>
    public static JsonObject Of(RunContext context, bool isPartial, object? chief)
    {
        JsonObject report = ResultJson.Node(context)!.AsObject();
        report["partial"] = isPartial;
        foreach (string name in ResultJson.NamesOf(typeof(RunFigures)))
        {
            report[name] = null;
        }

        if (chief is not null)
        {
            foreach ((string name, JsonNode? value) in ResultJson.Node(chief)!.AsObject())
            {
                report[name] = value?.DeepClone();
            }
        }

        return report;
    }

    /// <summary>A report with all points, in the order of the command.</summary>
    public static JsonObject Of<T>(RunContext context, bool isPartial, IReadOnlyList<T> points, T? chief)
        where T : class
    {
        JsonObject report = Of(context, isPartial, chief);
        report[Points] = ResultJson.Node(points);
        return report;
    }

    /// <summary>Writes a report, as a whole or not at all.</summary>
    public static void Write(string path, JsonObject report)
    {
        string whole = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        string beside = whole + ".new";
        File.WriteAllText(beside, report.ToJsonString(ResultJson.Options) + "\n");
        File.Move(beside, whole, overwrite: true);
    }
}
