using System.Data.Common;
using Ledger.Contracts.State;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Copies;

/// <summary>What happened to copies, in a table of their file. Used under its owner's lock.</summary>
internal sealed class CopyJournal : IDisposable
{
    /// <summary>Entries of the journal, the newest.</summary>
    public const int EntriesMax = 10_000;

    /// <summary>Makes the table; a name is the contract, sealed.</summary>
    public const string Table = """
        CREATE TABLE journal (
            number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, what TEXT NOT NULL,
            writer BLOB NOT NULL, name BLOB NOT NULL, records INTEGER NOT NULL
        ) STRICT;
        """;

    private readonly CopySealing sealing;
    private readonly PreparedStatement add;
    private readonly PreparedStatement forget;
    private readonly PreparedStatement newest;

    /// <summary>Of a file.</summary>
    public CopyJournal(SqliteConnection connection, CopySealing sealing)
    {
        this.sealing = sealing;
        add = new PreparedStatement(
            connection,
            "INSERT INTO journal (number, time, what, writer, name, records) "
                + "VALUES ($number, $time, $what, $writer, $name, $records)",
            "$number", "$time", "$what", "$writer", "$name", "$records");
        forget = new PreparedStatement(
            connection, "DELETE FROM journal WHERE number <= (SELECT MAX(number) FROM journal) - $max", "$max");
        newest = new PreparedStatement(
            connection,
            "SELECT time, what, writer, name, records FROM journal ORDER BY number DESC LIMIT $max",
            "$max");
    }

    /// <summary>Adds an entry.</summary>
    public void Note(
        DbTransaction transaction, string what, LlpcName llpc, Address writer, long records, long nowUnixMs)
    {
        add.Run(
            transaction, null, nowUnixMs, what, writer.ToArray(), sealing.SealEntry(llpc, writer, nowUnixMs), records);
        forget.Run(transaction, (long)EntriesMax);
    }

    /// <summary>Adds an entry that an earlier version kept plain.</summary>
    public void AddPlain(DbTransaction transaction, PlainRow row) => add.Run(
        transaction, row["number"], row["time"], row["what"], row["writer"],
        sealing.SealEntry(CopySealing.NameOf(row), new Address(row.Bytes("writer")), row.Number("time")),
        row["records"]);

    /// <summary>The newest entries, the newest first.</summary>
    public IReadOnlyList<CopyJournalEntry> Newest(int max)
    {
        List<CopyJournalEntry> entries = [];
        using DbDataReader rows = newest.Rows(null, (long)max);
        while (rows.Read())
        {
            long time = rows.GetInt64(0);
            Address writer = new(rows.GetFieldValue<byte[]>(2));
            entries.Add(new CopyJournalEntry(
                time, rows.GetString(1), sealing.OpenEntry(rows.GetFieldValue<byte[]>(3), writer, time), writer,
                rows.GetInt64(4)));
        }

        return entries;
    }

    /// <summary>Releases the compiled statements.</summary>
    public void Dispose()
    {
        add.Dispose();
        forget.Dispose();
        newest.Dispose();
    }
}
