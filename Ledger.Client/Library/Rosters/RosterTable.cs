using Ledger.Client.Tables;

namespace Ledger.Client.Rosters;

/// <summary>One file of a roster: rows by the names of its columns.</summary>
internal sealed class RosterTable
{
    private readonly string file;
    private readonly Dictionary<string, int> columns;
    private readonly List<(int Line, string[] Cells)> rows;

    private RosterTable(string file, Dictionary<string, int> columns, List<(int Line, string[] Cells)> rows)
    {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    /// <summary>The rows, in order.</summary>
    public IEnumerable<RosterRow> Rows => rows.Select(row => new RosterRow(file, row.Line, columns, row.Cells));

    /// <summary>
    /// Reads a file whose first line names columns, these among them. Throws <see cref="FormatException"/>.
    /// </summary>
    public static RosterTable Parse(string file, string text, params string[] required)
    {
        List<(int Line, string[] Cells)> rows;
        try
        {
            rows = [.. CsvTable.Read(text)];
        }
        catch (FormatException broken)
        {
            throw new FormatException($"{file}: {broken.Message}", broken);
        }

        if (rows.Count == 0)
        {
            throw new FormatException($"{file} is empty: its first line names the columns.");
        }

        Dictionary<string, int> columns = new(StringComparer.Ordinal);
        for (int at = 0; at < rows[0].Cells.Length; at++)
        {
            columns.TryAdd(rows[0].Cells[at].Trim(), at);
        }

        string[] missing = [.. required.Where(name => !columns.ContainsKey(name))];
        if (missing.Length > 0)
        {
            throw new FormatException($"{file} has no column {string.Join(", ", missing)}.");
        }

        rows.RemoveAt(0);
        return new RosterTable(file, columns, rows);
    }
}
