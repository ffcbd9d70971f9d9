namespace Ledger.Simulator.Command;

/// <summary>The report as JSON: the names of the members in snake case.</summary>
public sealed record ReportDocument
{
    /// <summary>Seeds that were run.</summary>
    public required long Seeds { get; init; }

    /// <summary>The first seed.</summary>
    public required ulong From { get; init; }

    /// <summary>Identities: a number or a range.</summary>
    public required string Nodes { get; init; }

    /// <summary>Adversaries, null where the seed decided.</summary>
    public required int? Byzantine { get; init; }

    /// <summary>The commit of the sources.</summary>
    public required string Commit { get; init; }

    /// <summary>Seeds in which a promise of safety was broken.</summary>
    public required long SafetyViolations { get; init; }

    /// <summary>Seeds that did not go on in time.</summary>
    public required long LivenessFailures { get; init; }

    /// <summary>Virtual hours.</summary>
    public required double VirtualHours { get; init; }

    /// <summary>Decided heights.</summary>
    public required long Commits { get; init; }

    /// <summary>Views that were left.</summary>
    public required long ViewChanges { get; init; }

    /// <summary>Deaths of processes.</summary>
    public required long Crashes { get; init; }

    /// <summary>How often each kind of fault happened.</summary>
    public required SortedDictionary<string, long> FaultsByKind { get; init; }

    /// <summary>Kinds, joined by "+", that no seed has had both of.</summary>
    public required List<string> FaultPairsNeverMet { get; init; }

    /// <summary>How often a process died at each named point.</summary>
    public required SortedDictionary<string, long> CrashPoints { get; init; }

    /// <summary>Seconds that it took; of shards, the sum.</summary>
    public required double ElapsedS { get; init; }

    /// <summary>Seeds in a second of these.</summary>
    public required double SeedsPerS { get; init; }

    /// <summary>More sums.</summary>
    public required ReportTotals Totals { get; init; }

    /// <summary>Which seeds are done.</summary>
    public required List<SeedRange> Ranges { get; init; }

    /// <summary>What failed.</summary>
    public required List<FailureRecord> Failures { get; init; }
}
