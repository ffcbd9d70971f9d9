using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Records;

namespace Ledger.Client.Boxes;

/// <summary>Which records a reader's filter wants. It narrows what a right opens, and opens nothing.</summary>
public static class BoxFilters
{
    /// <summary>
    /// Whether a record is wanted: by its id, the time of its event in ms since 1970-01-01 UTC, and what it is about.
    /// </summary>
    public static bool Wants(
        BoxFilter? filter, string id, RecordType type, ReadOnlySpan<byte> committed, long eventUnixMs) =>
        filter is null
        || ((filter.Ids.Count == 0 || filter.Ids.Contains(id))
            && LimitsCoverage.Covers(AsLimits(filter), type, committed, eventUnixMs));

    /// <summary>Whether a filter narrows anything.</summary>
    public static bool IsNarrow(BoxFilter? filter) => filter is not null && filter.CalculateSize() > 0;

    // A filter and the limits of a grant ask the same of a record; so one place answers both.
    private static GrantLimits AsLimits(BoxFilter filter)
    {
        GrantLimits limits = new() { FromUnixMs = filter.FromUnixMs, UntilUnixMs = filter.UntilUnixMs };
        limits.Activities.AddRange(filter.Activities);
        return limits;
    }
}
