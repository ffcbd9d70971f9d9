using Spectre.Console;

namespace Ledger.CommandLine.Output;

/// <summary>
/// A table with a frame, for a terminal. In a type of its own, so that its library is loaded only when it is used.
/// </summary>
internal static class FramedTable
{
    public static void Write(AnswerTable table)
    {
        Table framed = new Table().Border(TableBorder.Rounded);
        foreach (string column in table.Columns)
        {
            framed.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        foreach (object?[] row in table.Rows)
        {
            framed.AddRow([.. row.Select(static cell => Markup.Escape(TextAnswer.Cell(cell)))]);
        }

        AnsiConsole.Write(framed);
    }
}
