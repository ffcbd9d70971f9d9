using System.Globalization;
using System.Text;

namespace Ledger.CommandLine.Output;

/// <summary>Writes an answer for people: aligned values, then tables, then sentences.</summary>
internal static class TextAnswer
{
    public static void Write(Answer answer, TextWriter output, bool isPlain)
    {
        int width = answer.Fields.Count == 0 ? 0 : answer.Fields.Max(static field => field.Name.Length);
        foreach ((string name, object? value) in answer.Fields)
        {
            output.WriteLine($"{name.PadRight(width)}  {Cell(value)}");
        }

        foreach (AnswerTable table in answer.Tables)
        {
            if (answer.Fields.Count > 0 || answer.Tables.Count > 1)
            {
                output.WriteLine();
                output.WriteLine($"{table.Name}:");
            }

            WriteTable(table, output, isPlain);
        }

        foreach (string note in answer.Notes)
        {
            output.WriteLine(Clean(note));
        }
    }

    /// <summary>
    /// A value as text, without characters that a terminal would obey: some of it was written by strangers.
    /// </summary>
    public static string Cell(object? value) => value switch
    {
        null => "-",
        bool flag => flag ? "yes" : "no",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Clean(value.ToString() ?? string.Empty),
    };

    /// <summary>Cells with tabs between them.</summary>
    public static string RowOf(object?[] cells) => string.Join('\t', cells.Select(Cell));

    private static void WriteTable(AnswerTable table, TextWriter output, bool isPlain)
    {
        if (table.Rows.Count == 0)
        {
            output.WriteLine("(none)");
        }
        else if (isPlain)
        {
            output.WriteLine(string.Join('\t', table.Columns));
            foreach (object?[] row in table.Rows)
            {
                output.WriteLine(RowOf(row));
            }
        }
        else
        {
            FramedTable.Write(table);
        }
    }

    private static string Clean(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (char letter in text)
        {
            clean.Append(char.IsControl(letter) ? '\uFFFD' : letter);
        }

        return clean.ToString();
    }
}
