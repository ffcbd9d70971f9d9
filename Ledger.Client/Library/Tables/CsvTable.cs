using System.Text;

namespace Ledger.Client.Tables;

/// <summary>Tables as text (CSV, RFC 4180): cells with commas, in quotes where a cell holds one.</summary>
public static class CsvTable
{
    /// <summary>The longest cell that is read: longer ones mean that a quote was not closed.</summary>
    public const int CellCharactersMax = 64 * 1024;

    /// <summary>A line without its end.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quote));

    /// <summary>
    /// Reads rows, each with the number of its first line from 1 on; blank lines are left out. Throws
    /// <see cref="FormatException"/> with the line where a quote is not closed or stands within a cell.
    /// </summary>
    public static IEnumerable<(int Line, string[] Cells)> Read(string text)
    {
        int line = 1;
        int at = text.StartsWith('\uFEFF') ? 1 : 0;
        while (at < text.Length)
        {
            int first = line;
            List<string> cells = [];
            do
            {
                cells.Add(Cell(text, ref at, ref line));
            }
            while (at < text.Length && text[at++] == ',');

            // The sign that ended the loop was a line feed, or the text is at its end.
            line++;
            if (cells.Count > 1 || cells[0].Length > 0)
            {
                yield return (first, [.. cells]);
            }
        }
    }

    private static string Cell(string text, ref int at, ref int line)
    {
        if (at < text.Length && text[at] == '"')
        {
            return Quoted(text, ref at, ref line);
        }

        int start = at;
        while (at < text.Length && text[at] is not (',' or '\n'))
        {
            if (text[at] == '"')
            {
                throw new FormatException($"Line {line}: a quote stands within a cell.");
            }

            at++;
        }

        RequireLength(at - start, line);
        return text[start..at].TrimEnd('\r');
    }

    private static string Quoted(string text, ref int at, ref int line)
    {
        int first = line;
        StringBuilder cell = new();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                at++;
            }
            else if (text[at] == '"')
            {
                at++;
                SkipEnd(text, ref at, line);
                return cell.ToString();
            }

            line += text[at] == '\n' ? 1 : 0;
            cell.Append(text[at]);
            RequireLength(cell.Length, first);
        }

        throw new FormatException($"Line {first}: a quote is not closed.");
    }

    private static void SkipEnd(string text, ref int at, int line)
    {
        if (at < text.Length && text[at] == '\r')
        {
            at++;
        }

        if (at < text.Length && text[at] is not (',' or '\n'))
        {
            throw new FormatException($"Line {line}: something follows a quoted cell.");
        }
    }

    private static void RequireLength(int length, int line)
    {
        if (length > CellCharactersMax)
        {
            throw new FormatException($"Line {line}: a cell is longer than {CellCharactersMax} characters.");
        }
    }

    // A mark that text is UTF-8 is none within quotes.
    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n\uFEFF") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
