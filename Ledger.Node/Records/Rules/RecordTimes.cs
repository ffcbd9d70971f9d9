using System.Globalization;

namespace Ledger.Node.Records;

/// <summary>How the store writes times: ISO 8601 in UTC, to the millisecond, which is what it keeps.</summary>
internal static class RecordTimes
{
    /// <summary>A time as text.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
