using System.Data.Common;
using System.Text;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Sealing;

/// <summary>
/// A file of format 1 is sealed a batch at a time, and a kill between two of them loses and doubles nothing.
/// </summary>
public sealed class SealedFileTests
{
    private const string Former = """
        CREATE TABLE things (number INTEGER PRIMARY KEY, owner TEXT NOT NULL, content TEXT NOT NULL) STRICT;
        PRAGMA user_version = 1;
        """;

    private const string SetAside = "ALTER TABLE things RENAME TO plain_things";

    private const string Canary = "canary7f3a";

    private const int Rows = (2 * SealedFile.BatchRows) + 200;

    private static readonly string Tables = $"""
        CREATE TABLE things (number INTEGER PRIMARY KEY, key INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
        {EmptiedKeys.Tables("things")}
        """;

    private KeyFolder folder = null!;
    private PersonKeys keys = null!;

    private string Path => folder.File + ".things";

    [SetUp]
    public void MakeFile()
    {
        folder = new KeyFolder();
        keys = folder.Open();
        using SqliteConnection former = RecordDatabase.OpenWriter(Path);
        RecordDatabase.Execute(former, Former);
        using SqliteTransaction transaction = former.BeginTransaction(deferred: false);
        using PreparedStatement add = new(former, "INSERT INTO things VALUES (@number, @owner, @content)",
            "@number", "@owner", "@content");
        for (int number = 1; number <= Rows; number++)
        {
            add.Run(transaction, (long)number, $"owner-{number % 50}", $"{Canary} {number}");
        }

        transaction.Commit();
    }

    [TearDown]
    public void RemoveFile()
    {
        keys.Dispose();
        folder.Dispose();
    }

    [Test]
    public void All_rows_are_sealed_and_no_file_holds_them_in_clear()
    {
        Assert.That(HoldsCanary(), "the search finds what is there");
        using SqliteConnection connection = Open();
        WorkOff(connection, int.MaxValue);

        RequireAll(connection);
    }

    [TestCase(1)]
    [TestCase(SealedFile.BatchRows - 1)]
    [TestCase(SealedFile.BatchRows)]
    [TestCase(SealedFile.BatchRows + 1)]
    [TestCase((2 * SealedFile.BatchRows) + 1)]
    [TestCase(Rows - 1)]
    public void A_kill_after_any_row_is_gone_on_from(int rows)
    {
        string killed;
        using (SqliteConnection connection = Open())
        {
            Assert.Throws<IOException>(() => WorkOff(connection, rows));
            killed = folder.CopyOfFiles() + ".things";
        }

        using SqliteConnection again = SealedFile.Open(killed, keys, Tables, SetAside);
        WorkOff(again, int.MaxValue);
        RequireAll(again);
        Assert.That(KeyFolder.Holds(killed, Encoding.UTF8.GetBytes(Canary)), Is.False);
    }

    [Test]
    public void Keys_of_another_file_are_refused_by_name_and_nothing_is_changed()
    {
        using (SqliteConnection connection = Open())
        {
            WorkOff(connection, int.MaxValue);
        }

        byte[] before = File.ReadAllBytes(Path);
        using PersonKeys others = new(folder.File + ".others", folder.Secret());
        SealingKeysException refused = Assert.Throws<SealingKeysException>(
            () => SealedFile.Open(Path, others, Tables, SetAside).Dispose())!;

        Assert.That(refused.Message, Does.Contain(Path).And.Contain("keys restore"));
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(before));
    }

    [Test]
    public void A_format_of_tomorrow_is_refused()
    {
        using (SqliteConnection connection = Open())
        {
            RecordDatabase.Execute(connection, "PRAGMA user_version = 3");
        }

        Assert.Throws<RecordStoreException>(() => Open().Dispose());
    }

    [Test]
    public void A_key_whose_last_row_goes_is_erased_also_by_the_next_start()
    {
        byte[] value;
        using (SqliteConnection connection = Open())
        {
            WorkOff(connection, int.MaxValue);
            value = (byte[])RecordDatabase.Scalar(connection, null, "SELECT content FROM things WHERE number = 1")!;
            // The process ends between the transaction that takes the rows and the erasing of the key.
            RecordDatabase.Execute(connection, "DELETE FROM things WHERE number % 50 = 1 AND number > 1");
            Assert.That(Emptied(connection), Is.Zero, "one row is left");
            RecordDatabase.Execute(connection, "DELETE FROM things WHERE number = 1");
            Assert.That(Emptied(connection), Is.EqualTo(1));
        }

        Assert.That(keys.Open(ContextOf(1), value).IsKeyErased, Is.False);
        long before = keys.Count;
        using SqliteConnection again = Open();
        using EmptiedKeys emptied = new(again, "things", keys);
        Assert.That(keys.Open(ContextOf(1), value).IsKeyErased);
        Assert.That(keys.Count, Is.EqualTo(before - 1));
        Assert.That(Emptied(again), Is.Zero);
    }

    private static byte[] ContextOf(long number) => BitConverter.GetBytes(number);

    private static long Emptied(SqliteConnection connection) =>
        (long)RecordDatabase.Scalar(connection, null, "SELECT count(*) FROM emptied")!;

    private SqliteConnection Open() => SealedFile.Open(Path, keys, Tables, SetAside);

    // The process ends when so many rows were added in all.
    private void WorkOff(SqliteConnection connection, int rowsMax)
    {
        int added = 0;
        using PreparedStatement add = new(
            connection, "INSERT INTO things VALUES (@number, @key, @content)", "@number", "@key", "@content");
        SealedFile.WorkOff(
            connection, keys, "plain_things", ["number"], static row => row.Text("owner"), (transaction, row) =>
            {
                if (added++ == rowsMax)
                {
                    throw new IOException("the process ends here");
                }

                byte[] value = keys.Seal(
                    row.Text("owner"), ContextOf(row.Number("number")), Encoding.UTF8.GetBytes(row.Text("content")));
                add.Run(transaction, row["number"], PersonKeys.KeyIdOf(value), value);
            });
    }

    private void RequireAll(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT number, content FROM things ORDER BY number";
        using DbDataReader rows = command.ExecuteReader();
        int number = 0;
        while (rows.Read())
        {
            number++;
            OpenedContent opened = keys.Open(ContextOf(rows.GetInt64(0)), rows.GetFieldValue<byte[]>(1));
            Assert.That(Encoding.UTF8.GetString(opened.Bytes), Is.EqualTo($"{Canary} {number}"));
        }

        Assert.That(number, Is.EqualTo(Rows));
        Assert.That(
            RecordDatabase.Scalar(connection, null, "SELECT 1 FROM sqlite_master WHERE name = 'plain_things'"),
            Is.Null);
        Assert.That(keys.Count, Is.EqualTo(51));
    }

    private bool HoldsCanary() => KeyFolder.Holds(Path, Encoding.UTF8.GetBytes(Canary));
}
