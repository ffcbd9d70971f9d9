namespace Ledger.Node.Records;

/// <summary>What became of the wish that a record be gone from the store.</summary>
public enum ErasingOutcome
{
    /// <summary>The store does not have it, under this locator.</summary>
    Absent,

    /// <summary>
    /// It is gone now; unused parts of files may still hold its sealed bytes, whose key lives on.
    /// </summary>
    Removed,

    /// <summary>
    /// It is gone now, and its key is erased, or condemned: what files still hold of it nobody opens after that.
    /// </summary>
    RemovedWithKey,

    /// <summary>It was gone already.</summary>
    Gone,

    /// <summary>It is in a signed batch: it goes as soon as that is settled, which takes two minutes at most.</summary>
    InBatch,
}
