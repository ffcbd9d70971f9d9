namespace Ledger.Workload;

/// <summary>Whether a sample is the first that is written to a ledger.</summary>
public enum PlanTurn
{
    /// <summary>Onto an empty ledger of four founding members.</summary>
    First,

    /// <summary>After another sample, of other learners.</summary>
    Second,
}
