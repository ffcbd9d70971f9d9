using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Scale;

/// <summary>A size, and what was measured at it.</summary>
public sealed record ScalePoint
{
    /// <summary>validators, records or blocks.</summary>
    public required string Scaled { get; init; }

    /// <summary>Records before the first round; 0 where they are not what grows.</summary>
    public required long RecordsOnLedger { get; init; }

    /// <summary>Height of the chain before the first round.</summary>
    public required ulong Height { get; init; }

    /// <summary>Processor time of one validator for a transaction.</summary>
    public required double CpuMsPerTxValidator { get; init; }

    /// <summary>
    /// Proofs of random ranges by key at 16 clients, where the state grows; null where it does not.
    /// </summary>
    public required LatencyMs? LookupMs { get; init; }

    /// <summary>The load.</summary>
    [Flat]
    public required LoadPoint Load { get; init; }

    /// <summary>Medians over rounds at a size.</summary>
    public static ScalePoint Of(
        ScaleKind kind, long records, ulong height, LatencyMs? lookup, LoadPlace at, IReadOnlyList<LoadFigures> rounds)
    {
        LoadPoint load = LoadPoint.Of(LoadShape.Single(at), rounds);
        return new ScalePoint
        {
            Scaled = kind.ToString().ToLowerInvariant(),
            RecordsOnLedger = records,
            Height = height,
            CpuMsPerTxValidator = Math.Round(load.Run.CpuMsPerTx / load.Run.Validators, RunFigures.Decimals),
            LookupMs = lookup,
            Load = load,
        };
    }
}
