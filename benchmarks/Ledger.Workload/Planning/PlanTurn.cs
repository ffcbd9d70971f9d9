namespace Ledger.Workload;

/// <summary>Whether a sample is the first that is written to a ledger.</summary>
public enum PlanTurn
{
    /// <summary>Onto an empty ledger of four founding members.</summary>
    First,

    /// <summary>After another sample, of other learners.</summary>
    Second,

    /// <summary>
    /// After the first, or after the indexes of institutions, to be repeated: what learners do and what is written of
    /// them, without anything that an institution does once. Founders read in place of a candidate.
    /// </summary>
    Heating,
}
