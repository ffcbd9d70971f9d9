namespace Ledger.Simulator.Runs;

/// <summary>What a run did; two runs of one seed give the same.</summary>
public sealed record SimulationResult
{
    /// <summary>Decided heights.</summary>
    public required ulong Commits { get; init; }

    /// <summary>The highest view reached.</summary>
    public required ulong ViewChanges { get; init; }

    /// <summary>Epochs begun.</summary>
    public required ulong Epochs { get; init; }

    /// <summary>Virtual time in ticks of 20 ms.</summary>
    public required long Ticks { get; init; }

    /// <summary>Ticks from healing until every live node had committed the probe.</summary>
    public required long HealTicks { get; init; }

    /// <summary>Messages handed to the network.</summary>
    public required long Messages { get; init; }

    /// <summary>Pieces of evidence recorded by honest nodes.</summary>
    public required int Evidence { get; init; }

    /// <summary>Times that one whose disk was lost contradicted itself because nobody could tell it.</summary>
    public required int Contradictions { get; init; }

    /// <summary>Transactions that a node acknowledged to a client.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Snapshots that were installed.</summary>
    public required int Snapshots { get; init; }

    /// <summary>A hash over everything that was sent and decided.</summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>How often each kind of fault happened, in the order of the kinds.</summary>
    public required IReadOnlyList<long> Faults { get; init; }

    /// <summary>How often a process died at each point, in the order of the points.</summary>
    public required IReadOnlyList<long> CrashPoints { get; init; }
}
