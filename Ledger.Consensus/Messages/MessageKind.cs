namespace Ledger.Consensus;

/// <summary>What validators say to one another. Slots of the vote state are numbered by these values.</summary>
public enum MessageKind
{
    /// <summary>The leader's proposal of a block in a view.</summary>
    PrePrepare = 1,

    /// <summary>A prepare vote.</summary>
    Prepare = 2,

    /// <summary>A commit vote.</summary>
    Commit = 3,

    /// <summary>Leaving all views below one.</summary>
    ViewChange = 4,

    /// <summary>The next leader's proof that a view begins.</summary>
    NewView = 5,

    /// <summary>Height, head and view, for liveness only.</summary>
    Status = 6,

    /// <summary>What was seen of another validator's key, for that validator after its start.</summary>
    Witness = 7,
}
