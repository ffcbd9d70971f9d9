using Ledger.Client.Protos;
using Ledger.Client.Records;

namespace Ledger.Client.Limits;

/// <summary>Which records limits cover, and for which purposes.</summary>
public static class LimitsCoverage
{
    /// <summary>
    /// Whether a record is covered: by the time of its event in ms since 1970-01-01 UTC, and by what it is about.
    /// </summary>
    public static bool Covers(GrantLimits limits, RecordType type, ReadOnlySpan<byte> committed, long eventUnixMs) =>
        (limits.FromUnixMs == 0 || eventUnixMs >= limits.FromUnixMs)
        && (limits.UntilUnixMs == 0 || eventUnixMs < limits.UntilUnixMs)
        && (limits.Activities.Count == 0 || RecordActivities.Of(type, committed).Overlaps(limits.Activities));

    /// <summary>Whether a reader may read for a purpose, by its label.</summary>
    public static bool CoversPurpose(GrantLimits limits, string purpose) =>
        limits.Purposes.Count == 0 || limits.Purposes.Contains(purpose);
}
