using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Peers;

/// <summary>
/// What stands for a run with peers: the ledger with one record a transaction and the most clients, and what all
/// systems had in common.
/// </summary>
public sealed record PeersSummary
{
    /// <summary>What every run has, of that load.</summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>Bytes of a value of a peer.</summary>
    public required int PayloadBytes { get; init; }

    /// <summary>Records of a batched transaction of the ledger.</summary>
    public required int Batch { get; init; }

    /// <summary>Versions of the peers.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Median of an append with fdatasync where each peer keeps its data, in milliseconds.</summary>
    public required IReadOnlyDictionary<string, double> FdatasyncMsP50OfPeers { get; init; }

    /// <summary>The ratios with their intervals, by their names.</summary>
    public required IReadOnlyDictionary<string, MedianInterval> Intervals { get; init; }
}
