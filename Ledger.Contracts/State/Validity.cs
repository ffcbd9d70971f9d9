namespace Ledger.Contracts.State;

/// <summary>What an instance is at a height.</summary>
public enum Validity
{
    /// <summary>It was opened later.</summary>
    NotYet,

    /// <summary>It holds.</summary>
    Valid,

    /// <summary>It was closed, or its time was over.</summary>
    Ended,
}
