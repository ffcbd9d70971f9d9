using Ledger.Client.Tables;

namespace Ledger.Client.Tests.Tables;

public sealed class CsvTableTests
{
    [Test]
    public void Cells_are_read_as_they_are_written_whatever_they_hold()
    {
        string[] cells = ["plain", "with, comma", "with \"quotes\"", "\uFEFF", "two\nlines", "", " blank "];
        (int line, string[] read) = CsvTable.Read(CsvTable.Line(cells) + "\r\n").Single();
        Assert.That(read, Is.EqualTo(cells));
        Assert.That(line, Is.EqualTo(1));
    }

    [Test]
    public void A_mark_of_utf8_within_a_table_is_a_cell() =>
        Assert.That(CsvTable.Read(CsvTable.Line(["\uFEFFa"])).Single().Cells, Is.EqualTo(new[] { "\uFEFFa" }));

    [Test]
    public void Rows_bear_the_number_of_their_first_line_and_blank_lines_are_left_out()
    {
        (int Line, string[] Cells)[] rows = [.. CsvTable.Read("\uFEFFa,b\r\n\r\n\"x\ny\",1\nlast,")];
        Assert.That(rows.Select(row => row.Line), Is.EqualTo(new[] { 1, 3, 5 }));
        Assert.That(rows[0].Cells, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(rows[2].Cells, Is.EqualTo(new[] { "last", "" }));
    }

    [TestCase("a,\"b", "Line 1: a quote is not closed.")]
    [TestCase("a\nb\"c", "Line 2: a quote stands within a cell.")]
    [TestCase("\"a\"b", "Line 1: something follows a quoted cell.")]
    public void A_broken_table_is_refused_with_its_line(string text, string message) => Assert.That(
        () => CsvTable.Read(text).ToArray(), Throws.InstanceOf<FormatException>().With.Message.EqualTo(message));
}
