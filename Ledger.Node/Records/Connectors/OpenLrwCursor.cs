using System.Globalization;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Where a link to OpenLRW stands. OpenLRW gives events by pages, the latest first, and knows no order of arrival; so a
/// sweep goes through all pages, and between sweeps the newest pages are looked at.
/// </summary>
/// <param name="SweepPage">The page that the sweep reads next; null when no sweep is under way.</param>
/// <param name="SweepNewest">The latest time of an event that the sweep has seen.</param>
/// <param name="Through">The latest time of an event when the newest pages were last read to their end.</param>
/// <param name="SweptAt">When the last sweep ended.</param>
internal sealed record OpenLrwCursor(
    int? SweepPage, DateTimeOffset? SweepNewest, DateTimeOffset? Through, DateTimeOffset? SweptAt)
{
    private const char Between = ' ';
    private const string None = "-";

    /// <summary>Of a link that has done nothing yet: the first page of a sweep.</summary>
    public static OpenLrwCursor Beginning { get; } = new(0, null, null, null);

    /// <summary>Reads what <see cref="ToString"/> wrote; throws <see cref="FormatException"/>.</summary>
    public static OpenLrwCursor Parse(string text)
    {
        if (text.Length == 0)
        {
            return Beginning;
        }

        string[] parts = text.Split(Between);
        return parts.Length == 4
            ? new OpenLrwCursor(Page(parts[0]), Time(parts[1]), Time(parts[2]), Time(parts[3]))
            : throw new FormatException($"'{text}' is no place in OpenLRW's events.");
    }

    /// <summary>The text that is kept.</summary>
    public override string ToString() => string.Join(
        Between,
        SweepPage?.ToString(CultureInfo.InvariantCulture) ?? None,
        Text(SweepNewest),
        Text(Through),
        Text(SweptAt));

    private static int? Page(string text)
    {
        if (text == None)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int page)
            ? page
            : throw new FormatException($"'{text}' is no number of a page.");
    }

    private static DateTimeOffset? Time(string text) => text == None
        ? null
        : DateTimeOffset.ParseExact(text, "o", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static string Text(DateTimeOffset? time) => time?.ToString("o", CultureInfo.InvariantCulture) ?? None;
}
