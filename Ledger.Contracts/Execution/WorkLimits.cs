namespace Ledger.Contracts.Execution;

/// <summary>How much work may come together. Limits are part of the protocol: all nodes must agree on them.</summary>
public static class WorkLimits
{
    /// <summary>
    /// A block: about a second, in which a view does not end. The heaviest transaction fits four times.
    /// </summary>
    public const ulong BlockUnitsMax = 1_200_000;

    /// <summary>
    /// A transaction: once its operations have come to so much, the rest of it is refused. Far above what any single
    /// operation can make, so that it never keeps anybody from revoking.
    /// </summary>
    public const ulong TransactionUnitsMax = 200_000;
}
