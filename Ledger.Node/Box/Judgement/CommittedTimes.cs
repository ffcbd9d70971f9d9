using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Box;

/// <summary>
/// When an event happened by the record itself: what the ledger committed, and not what a store keeps beside it.
/// </summary>
internal static class CommittedTimes
{
    /// <summary>
    /// The time in ms since 1970-01-01 UTC; null for what is no record, or names a time that is none.
    /// </summary>
    public static long? Of(RecordType type, ReadOnlySpan<byte> committed)
    {
        try
        {
            return FieldRules.TryReadTime(CommittedRecord.Read(type, committed).Time, out DateTimeOffset time)
                ? time.ToUnixTimeMilliseconds()
                : null;
        }
        catch (RecordFormatException)
        {
            return null;
        }
    }
}
