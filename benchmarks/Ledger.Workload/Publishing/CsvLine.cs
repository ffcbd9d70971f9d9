using System.Globalization;

namespace Ledger.Workload;

/// <summary>
/// A line of a table: values with commas between them, in quotes where RFC 4180 asks for it; nothing for what is
/// absent.
/// </summary>
public static class CsvLine
{
    private static readonly char[] Special = [',', '"', '\r', '\n'];

    /// <summary>The line without its end.</summary>
    public static string Of(params IEnumerable<object?> values) => string.Join(',', values.Select(Text));

    private static string Text(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        return text.IndexOfAny(Special) < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
