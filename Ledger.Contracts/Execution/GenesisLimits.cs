namespace Ledger.Contracts.Execution;

/// <summary>How large a genesis document may be.</summary>
public static class GenesisLimits
{
    /// <summary>The version of documents that this program reads.</summary>
    public const uint Version = 1;

    /// <summary>Founding institutions: hundreds of members are normal.</summary>
    public const int FoundersMax = 1024;

    /// <summary>
    /// Founders with a seat: votes of a round grow with the square of the seats, and 16 are the most that is normal.
    /// </summary>
    public const int SeatsMax = 16;
}
