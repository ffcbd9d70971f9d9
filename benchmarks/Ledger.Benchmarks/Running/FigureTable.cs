using System.Globalization;
using Spectre.Console;

namespace Ledger.Benchmarks.Running;

/// <summary>Tables of figures, for people.</summary>
public static class FigureTable
{
    /// <summary>Prints a table, its values on the right; nothing where there is no row.</summary>
    public static void Write(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Table table = new Table().Border(TableBorder.Simple);
        foreach (string name in columns)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>A whole number with its thousands told apart.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with two digits after the point.</summary>
    public static string Two(double value) => value.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>A number with three digits after the point.</summary>
    public static string Three(double value) => value.ToString("N3", CultureInfo.InvariantCulture);

    /// <summary>A share, 0 to 1, in percent.</summary>
    public static string Share(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
