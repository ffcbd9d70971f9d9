namespace Ledger.Contracts.Measures;

/// <summary>How many measures can be open at a time, and for how long.</summary>
public static class MeasureLimits
{
    /// <summary>
    /// Measures of one member that are not settled. A limit for each member, so that one cannot keep the others from
    /// proposing.
    /// </summary>
    public const int MeasuresMax = 4;

    /// <summary>How long a ballot is open, in ms of block time: members must meet and sign.</summary>
    public const long BallotMs = 30L * 24 * 60 * 60 * 1000;
}
