using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Client.Records;

namespace Ledger.Client.Tests.Records;

/// <summary>The golden vectors of record commitments; <c>records.py</c> beside them writes them.</summary>
internal static class RecordVectors
{
    public static IReadOnlyList<RecordVector> All { get; } = Load();

    public static RecordVector Named(string name) => All.Single(vector => vector.Name == name);

    private static RecordVector[] Load()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(VectorFile()));
        return [.. file.RootElement.GetProperty("records").EnumerateArray().Select(vector => new RecordVector(
            Text(vector, "name"),
            Text(vector, "type") == "xapi-statement" ? RecordType.XapiStatement : RecordType.CaliperEvent,
            Text(vector, "record"),
            Convert.FromHexString(Text(vector, "salt")),
            Text(vector, "committed"),
            Text(vector, "commitment")))];
    }

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    private static string VectorFile([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Vectors", "records.json");
}
