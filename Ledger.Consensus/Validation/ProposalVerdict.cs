namespace Ledger.Consensus;

/// <summary>What is wrong with a proposal's header (C-2), or nothing.</summary>
public enum ProposalVerdict
{
    /// <summary>Nothing is wrong.</summary>
    WellFormed = 0,

    /// <summary>Not the height in flight.</summary>
    WrongHeight = 1,

    /// <summary>Not on the head.</summary>
    WrongParent = 2,

    /// <summary>Not of this epoch.</summary>
    WrongEpoch = 3,

    /// <summary>Names another validator set.</summary>
    WrongValidators = 4,

    /// <summary>Its time does not exceed the parent's.</summary>
    TimeNotAfterParent = 5,

    /// <summary>It has no transaction (C-7).</summary>
    Empty = 6,
}
