using System.Globalization;

namespace Ledger.Client.Rosters;

/// <summary>A row of a roster's file.</summary>
/// <param name="file">The file's name.</param>
/// <param name="line">The row's line.</param>
/// <param name="columns">Where each column stands.</param>
/// <param name="cells">The cells.</param>
internal sealed class RosterRow(string file, int line, Dictionary<string, int> columns, string[] cells)
{
    /// <summary>Whether the row is to be deleted, as a status says.</summary>
    public bool IsDeleted => this["status"].Equals("tobedeleted", StringComparison.OrdinalIgnoreCase);

    /// <summary>A cell without blanks around it; empty where the file has no such column.</summary>
    public string this[string column] =>
        columns.TryGetValue(column, out int at) && at < cells.Length ? cells[at].Trim() : "";

    /// <summary>A cell that must not be empty; throws <see cref="FormatException"/>.</summary>
    public string Required(string column) => this[column] is { Length: > 0 } value
        ? value
        : throw Wrong($"{column} is empty");

    /// <summary>A day, or null where the cell is empty; throws <see cref="FormatException"/>.</summary>
    public DateOnly? Day(string column)
    {
        string text = this[column];
        if (text.Length == 0)
        {
            return null;
        }

        return DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw Wrong($"{column} is no date of the form 2026-09-01: {text}");
    }

    /// <summary>What is wrong in this row.</summary>
    public FormatException Wrong(string what) => new($"{file} line {line}: {what}.");
}
