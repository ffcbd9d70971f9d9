namespace Ledger.Node.Gossip;

/// <summary>The kinds of answer to a transaction that was handed in.</summary>
public enum IntakeKind
{
    /// <summary>New; it waits for a block.</summary>
    Added = 1,

    /// <summary>Known already.</summary>
    Known = 2,

    /// <summary>The pool is full.</summary>
    PoolFull = 3,

    /// <summary>A rule refused it.</summary>
    Refused = 4,
}
