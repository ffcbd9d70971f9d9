namespace Ledger.Client.Nodes;

/// <summary>Why a call to a node gave no result; the command line's exit codes follow it.</summary>
public enum ClientFailure
{
    /// <summary>The ledger or the node refused by a rule.</summary>
    Refused = 1,

    /// <summary>The caller asked for something malformed.</summary>
    WrongUse = 2,

    /// <summary>The node could not be reached, or is stopping or behind.</summary>
    Unreachable = 3,

    /// <summary>An answer does not verify: another node, chain or key than the expected.</summary>
    NotVerified = 4,

    /// <summary>It cannot be told yet: pending, or unavailable for now.</summary>
    Undecided = 5,
}
