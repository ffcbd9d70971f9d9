namespace Ledger.Workload;

/// <summary>What a record says about the result of an activity.</summary>
public enum OutcomeKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Right or wrong.</summary>
    Answer,

    /// <summary>A score of 0 to 100, a success if it reaches the pass mark.</summary>
    Score,
}
