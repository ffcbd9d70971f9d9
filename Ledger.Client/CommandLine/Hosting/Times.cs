using System.Globalization;

namespace Ledger.CommandLine.Hosting;

/// <summary>Times of the ledger, in ms since 1970-01-01 UTC, for people.</summary>
internal static class Times
{
    /// <summary>ISO 8601 in UTC, or a dash for 0 and for what no calendar holds.</summary>
    public static string Show(long unixMs) =>
        unixMs <= 0 || unixMs > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? "-"
            : DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString(
                "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A day or time in UTC; a day means its beginning.</summary>
    public static long ReadBeginning(string text)
    {
        long read = Read(text);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? read - (long)TimeSpan.FromDays(1).TotalMilliseconds
            : read;
    }

    /// <summary>A day or time in UTC; a day means its end.</summary>
    public static long Read(string text)
    {
        if (DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            // The calendar's last day has no day after it, so the end is reckoned in milliseconds.
            DateTime start = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            return new DateTimeOffset(start).ToUnixTimeMilliseconds() + (long)TimeSpan.FromDays(1).TotalMilliseconds;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time.ToUnixTimeMilliseconds()
                : throw CommandException.WrongUse($"{text} is not a time; write 2027-03-31 or 2027-03-31T12:00:00Z.");
    }
}
