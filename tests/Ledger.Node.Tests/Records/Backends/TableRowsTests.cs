using Ledger.Node.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Records.Backends;

public sealed class TableRowsTests
{
    [Test]
    public void A_page_of_long_rows_ends_by_its_bytes_and_no_row_is_passed_over()
    {
        using StoreFolder folder = new();
        using SqliteConnection connection = RecordDatabase.OpenWriter(folder.File);
        RecordDatabase.Execute(connection, "CREATE TABLE long_rows (id INTEGER PRIMARY KEY, content BLOB NOT NULL)");
        for (int id = 1; id <= 5; id++)
        {
            RecordDatabase.Execute(
                connection, FormattableString.Invariant($"INSERT INTO long_rows VALUES ({id}, zeroblob(7000000))"));
        }

        using TableRows rows = new(connection, new RecordTable("long_rows", ["id"], ["content"]), pageRows: 100);
        IReadOnlyList<object[]> first = rows.PageAfter(null);
        IReadOnlyList<object[]> second = rows.PageAfter(rows.KeyOf(first[^1]));
        Assert.That(first.Select(static row => row[0]), Is.EqualTo(new object[] { 1L, 2L, 3L }));
        Assert.That(second.Select(static row => row[0]), Is.EqualTo(new object[] { 4L, 5L }));
        Assert.That(rows.PageAfter(rows.KeyOf(second[^1])), Is.Empty);
    }
}
