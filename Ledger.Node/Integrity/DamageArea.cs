namespace Ledger.Node.Integrity;

/// <summary>What of a store is damaged; it decides how it is mended.</summary>
public enum DamageArea
{
    /// <summary>The database's own files: it cannot be opened or read.</summary>
    Store,

    /// <summary>The head pointer, the genesis document or the ends of epochs.</summary>
    Meta,

    /// <summary>A block or its certificate.</summary>
    Block,

    /// <summary>The body of a transaction.</summary>
    Body,

    /// <summary>The results of a block.</summary>
    Results,

    /// <summary>In which blocks somebody or a kind of event occurs.</summary>
    EventIndex,

    /// <summary>Where a transaction was decided.</summary>
    TransactionIndex,

    /// <summary>The state after the head.</summary>
    State,

    /// <summary>A leaf of a range of records.</summary>
    Record,

    /// <summary>Where a locator was anchored.</summary>
    Locator,

    /// <summary>What this node's vote key has signed.</summary>
    VoteLog,

    /// <summary>Evidence against other validators.</summary>
    Evidence,

    /// <summary>Which account belongs to which learner.</summary>
    Pairs,
}
