using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Replay;

/// <summary>What a replay measured.</summary>
public sealed record ReplayResult
{
    /// <summary>The nodes have just started: much of their code is compiled meanwhile.</summary>
    public const string Cold = "cold";

    /// <summary>The same processes have replayed another workload of the same shape before.</summary>
    public const string Warm = "warm";

    /// <summary>What every run has; latencies count from time 0, and clients are one of each node.</summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>cold or warm.</summary>
    public required string Nodes { get; init; }

    /// <summary>How the operations arrive.</summary>
    public required string Arrival { get; init; }

    /// <summary>Learning records.</summary>
    public required int Records { get; init; }

    /// <summary>Learners.</summary>
    public required int Learners { get; init; }

    /// <summary>Contract operations.</summary>
    public required int Operations { get; init; }

    /// <summary>Contract operations by kind.</summary>
    public required IReadOnlyDictionary<string, int> OperationsByKind { get; init; }

    /// <summary>Transactions that bore them.</summary>
    public required int Transactions { get; init; }

    /// <summary>Blocks that they took.</summary>
    public required ulong Blocks { get; init; }

    /// <summary>From time 0 to the last decision.</summary>
    public required double ElapsedS { get; init; }

    /// <summary>From time 0 to each operation's decision: the paper's waiting time.</summary>
    public required Spread WaitMs { get; init; }

    /// <summary>From each operation's release, when what it rests on had its result, to its decision.</summary>
    public required Spread ReleasedWaitMs { get; init; }

    /// <summary>
    /// From the record store's acknowledgement to the last of the record's operations; null when an interrupted run
    /// finished no record.
    /// </summary>
    public required Spread? RecordWaitMs { get; init; }

    /// <summary>Head of each node afterwards.</summary>
    public required IReadOnlyList<string> Heads { get; init; }

    /// <summary>Whether the heads are equal.</summary>
    public required bool HeadsEqual { get; init; }

    /// <summary>Whether the state roots are equal.</summary>
    public required bool StateRootsEqual { get; init; }

    /// <summary>Seed of the sample: that of the run, or of a second workload the next.</summary>
    public required ulong SampleSeed { get; init; }

    /// <summary>Whether atomic groups and batches were used.</summary>
    public required bool Native { get; init; }

    /// <summary>Whether the run was interrupted: the figures are of what was decided until then.</summary>
    public required bool Partial { get; init; }
}
