using System.Data.Common;
using System.Diagnostics;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>The log of a SQLite file that is moved beside the writer.</summary>
public sealed class SqliteLogMoverTests
{
    private const int PagesMax = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void TheLogBeginsAnewThoughTheWriterNeverRests()
    {
        using StoreFolder folder = new();
        using StoreSession session = new(new SqliteBackend(folder.File));
        session.Write(transaction => Run(
            session, transaction, "CREATE TABLE written (number INTEGER PRIMARY KEY, filler BLOB)"));
        using SqliteLogMover _ = new(
            session.Exclusively, RecordDatabase.OpenWriter(folder.File), TimeSpan.FromMilliseconds(1), PagesMax);
        string log = folder.File + "-wal";
        byte[] first = Salts(log);
        Stopwatch waited = Stopwatch.StartNew();
        int number = 0;
        while (Salts(log).AsSpan().SequenceEqual(first))
        {
            Assert.That(waited.Elapsed, Is.LessThan(Patience), "the log did not begin anew");
            session.Write(transaction => Run(
                session,
                transaction,
                FormattableString.Invariant(
                    $"INSERT INTO written (number, filler) VALUES ({number++}, randomblob(5000))")));
        }

        Assert.That(
            session.Read(() => RecordDatabase.Scalar(session.Connection, null, "SELECT count(*) FROM written")),
            Is.EqualTo((long)number));
        Assert.That(
            session.Read(() => RecordDatabase.Scalar(session.Connection, null, "PRAGMA integrity_check")),
            Is.EqualTo("ok"));
    }

    /// <summary>Two numbers in the log's header, others each time that it begins.</summary>
    private static byte[] Salts(string log)
    {
        byte[] header = new byte[24];
        using FileStream file = new(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.ReadExactly(header);
        return header[16..];
    }

    private static void Run(StoreSession session, DbTransaction transaction, string sql) =>
        RecordDatabase.Execute(session.Connection, transaction, sql);
}
