using Ledger.Contracts.Protos;

namespace Ledger.Client.Custody;

/// <summary>
/// Whether a custodian's confirmed copy of a range is whole. A custodian confirms as many records as were not erased at
/// that block (K-19), and drops what is erased after it; so only records that came after make its copy incomplete, and
/// not tombstones.
/// </summary>
public static class CopyCompleteness
{
    /// <summary>
    /// Whether nothing was appended since the confirmation. Judged by heights: a count that is the same now may be that
    /// of another set, where one record was erased and another appended. Of one block the order is not known: what was
    /// confirmed in the block of the last record counts as not whole, and may be confirmed again.
    /// </summary>
    public static bool IsWhole(RecordRange range, RangeCopy copy) => copy.Height > range.LastHeight;
}
