using System.Text.Json.Nodes;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Scale;

/// <summary>A size and what was measured at it.</summary>
/// <param name="Size">The size.</param>
/// <param name="Load">The load on it.</param>
public sealed record ScalePoint(ScaleSize Size, LoadPoint Load)
{
    /// <summary>Both as one object.</summary>
    public JsonObject ToJson() => ReportFile.Join(Size, Load);

    /// <summary>Medians over rounds at a size.</summary>
    public static ScalePoint Of(
        ScaleKind kind, long records, ulong height, LatencyMs? lookup, LoadOptions options,
        IReadOnlyList<LoadFigures> rounds)
    {
        LoadPoint load = LoadPoint.Of(options, options.Clients[0], rounds);
        return new ScalePoint(
            new ScaleSize(
                kind.ToString().ToLowerInvariant(), records, height,
                Math.Round(load.CpuMsPerTx / load.Validators, 4), lookup),
            load);
    }
}
