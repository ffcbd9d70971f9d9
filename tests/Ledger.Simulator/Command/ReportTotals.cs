using Ledger.Simulator.Runs;

namespace Ledger.Simulator.Command;

/// <summary>Sums over seeds.</summary>
public sealed record ReportTotals
{
    /// <summary>Virtual ticks of 20 ms.</summary>
    public long Ticks { get; init; }

    /// <summary>Decided heights.</summary>
    public long Commits { get; init; }

    /// <summary>Views that were left.</summary>
    public long ViewChanges { get; init; }

    /// <summary>Changes of the set.</summary>
    public long Epochs { get; init; }

    /// <summary>Messages.</summary>
    public long Messages { get; init; }

    /// <summary>Pieces of evidence.</summary>
    public long Evidence { get; init; }

    /// <summary>Times that one whose disk was lost contradicted itself because nobody could tell it (S-9).</summary>
    public long Contradictions { get; init; }

    /// <summary>Transactions that a node acknowledged.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Snapshots installed.</summary>
    public long Snapshots { get; init; }

    /// <summary>Ticks from healing to the commit of the probe, the sum.</summary>
    public long HealTicks { get; init; }

    /// <summary>The longest of them.</summary>
    public long HealTicksMax { get; init; }

    /// <summary>The sums with one more seed.</summary>
    public ReportTotals Plus(SimulationResult result) => Plus(new ReportTotals
    {
        Ticks = result.Ticks,
        Commits = (long)result.Commits,
        ViewChanges = (long)result.ViewChanges,
        Epochs = (long)result.Epochs,
        Messages = result.Messages,
        Evidence = result.Evidence,
        Contradictions = result.Contradictions,
        Acknowledged = result.Acknowledged,
        Snapshots = result.Snapshots,
        HealTicks = result.HealTicks,
        HealTicksMax = result.HealTicks,
    });

    /// <summary>The sums of both.</summary>
    public ReportTotals Plus(ReportTotals other) => new()
    {
        Ticks = Ticks + other.Ticks,
        Commits = Commits + other.Commits,
        ViewChanges = ViewChanges + other.ViewChanges,
        Epochs = Epochs + other.Epochs,
        Messages = Messages + other.Messages,
        Evidence = Evidence + other.Evidence,
        Contradictions = Contradictions + other.Contradictions,
        Acknowledged = Acknowledged + other.Acknowledged,
        Snapshots = Snapshots + other.Snapshots,
        HealTicks = HealTicks + other.HealTicks,
        HealTicksMax = Math.Max(HealTicksMax, other.HealTicksMax),
    };
}
