using System.Text.Json;
using BenchmarkDotNet.Reports;

namespace Ledger.Parts;

/// <summary>The figures of the parts as a JSON list.</summary>
internal static class PartsFile
{
    private const double NanosecondsOfMicrosecond = 1_000;
    private const int Decimals = 4;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Writes the figures of every benchmark that came to its end.</summary>
    public static void Write(string file, IEnumerable<Summary> summaries)
    {
        PartFigures[] figures = [.. summaries.SelectMany(summary => summary.Reports)
            .Where(report => report.ResultStatistics is not null).Select(Of)];
        File.WriteAllText(file, JsonSerializer.Serialize(figures, Json));
    }

    private static PartFigures Of(BenchmarkReport report) => new(
        report.BenchmarkCase.Descriptor.Type.Name.Replace("Benchmark", string.Empty, StringComparison.Ordinal),
        report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
        report.BenchmarkCase.HasParameters ? report.BenchmarkCase.Parameters.DisplayInfo.Trim('[', ']') : string.Empty,
        Microseconds(report.ResultStatistics!.Mean),
        Microseconds(report.ResultStatistics.Median),
        Microseconds(report.ResultStatistics.ConfidenceInterval.Margin),
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);

    private static double Microseconds(double nanoseconds) =>
        Math.Round(nanoseconds / NanosecondsOfMicrosecond, Decimals);
}
