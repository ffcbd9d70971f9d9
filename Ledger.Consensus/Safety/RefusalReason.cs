namespace Ledger.Consensus;

/// <summary>Why the safety rules do not sign. Closed; the numbers are stable for logs.</summary>
public enum RefusalReason
{
    /// <summary>The height is committed, or below one that was signed for (S-3).</summary>
    HeightDecided = 1,

    /// <summary>The view is below the highest left for or entered (S-3).</summary>
    ViewLeft = 2,

    /// <summary>Another message was signed for this height, view and kind (S-2).</summary>
    SlotTaken = 3,

    /// <summary>A commit vote without a valid prepared certificate of the same height, view and block (S-4).</summary>
    NotPrepared = 4,

    /// <summary>The message is not of the epoch that is in force (C-19).</summary>
    WrongEpoch = 5,

    /// <summary>The signer has no seat in the set that is in force.</summary>
    NotAValidator = 6,

    /// <summary>
    /// A message of this very key was seen that was not signed here. Nothing is signed any more until a restart.
    /// </summary>
    KeyUsedElsewhere = 7,

    /// <summary>A ready statement names another chain or head than one's own (C-21).</summary>
    NotTheHead = 8,

    /// <summary>Not enough others have said yet what they saw of this key (S-9).</summary>
    NotWitnessed = 9,

    /// <summary>
    /// A view change without a prepared certificate, at a height for which a commit vote was signed (S-10).
    /// </summary>
    PreparedForgotten = 10,
}
