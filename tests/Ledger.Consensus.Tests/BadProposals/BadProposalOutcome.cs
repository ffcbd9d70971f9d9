namespace Ledger.Consensus.Tests;

/// <summary>How far a bad proposal may come.</summary>
internal enum BadProposalOutcome
{
    /// <summary>It does not reach the replica.</summary>
    Unreadable = 1,

    /// <summary>It reaches the replica and changes nothing.</summary>
    Ignored = 2,

    /// <summary>Its leader is left at once, and nothing is executed.</summary>
    Left = 3,

    /// <summary>It is well formed; it is executed, found invalid, and its leader is left.</summary>
    LeftAfterExecution = 4,
}
