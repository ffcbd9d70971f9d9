namespace Ledger.Contracts.Execution;

/// <summary>Days of block time (UTC), by which use is counted and limited.</summary>
public static class BlockDay
{
    /// <summary>Milliseconds of a day.</summary>
    public const long LengthMs = 86_400_000;

    /// <summary>The day of a block's time, in days since 1970-01-01 UTC.</summary>
    public static ulong Of(long timeUnixMs) => checked((ulong)(timeUnixMs / LengthMs));
}
