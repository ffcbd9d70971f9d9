namespace Ledger.Consensus;

/// <summary>What a block that is to be executed rests on (C-2).</summary>
public enum ExecutionMode
{
    /// <summary>A leader's own choice: its time must lie within 10 s of the local clock.</summary>
    Fresh = 1,

    /// <summary>Carried over by a new view: the local clock has no say.</summary>
    CarriedOver = 2,

    /// <summary>Decided: a block with a commit certificate. It cannot be invalid.</summary>
    Certified = 3,
}
