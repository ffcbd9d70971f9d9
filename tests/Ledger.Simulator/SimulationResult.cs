using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>What a run did; two runs of one seed give equal results.</summary>
public sealed record SimulationResult
{
    /// <summary>Decided heights.</summary>
    public required ulong Commits { get; init; }

    /// <summary>The highest view reached.</summary>
    public required ulong Views { get; init; }

    /// <summary>Epochs begun.</summary>
    public required ulong Epochs { get; init; }

    /// <summary>Virtual time in ticks of 20 ms.</summary>
    public required long Ticks { get; init; }

    /// <summary>Ticks from healing until every live node had committed the probe.</summary>
    public required long HealTicks { get; init; }

    /// <summary>Crashes of honest nodes.</summary>
    public required int Crashes { get; init; }

    /// <summary>Changes of the network's partition.</summary>
    public required int Partitions { get; init; }

    /// <summary>Messages handed to the network.</summary>
    public required long Messages { get; init; }

    /// <summary>Pieces of evidence recorded by honest nodes.</summary>
    public required int Evidence { get; init; }

    /// <summary>A hash over everything that was sent and decided.</summary>
    public required Hash256 Fingerprint { get; init; }
}
