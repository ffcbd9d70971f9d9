using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records.Connectors;

/// <summary>What links remember, in one SQLite file. Used from any thread.</summary>
public sealed class LinkJournal : ILinkJournal, IDisposable
{
    /// <summary>The newest refused records that are kept of a link: enough to repair what is wrong.</summary>
    public const int RefusedMax = 10_000;

    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE links (
            name TEXT PRIMARY KEY,
            cursor TEXT NOT NULL DEFAULT '',
            moved INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0,
            opted_out INTEGER NOT NULL DEFAULT 0,
            success_ms INTEGER,
            failing_ms INTEGER,
            error TEXT
        ) STRICT;
        CREATE TABLE refused (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            link TEXT NOT NULL,
            digest BLOB NOT NULL,
            at_ms INTEGER NOT NULL,
            id TEXT NOT NULL,
            path TEXT NOT NULL,
            rule TEXT NOT NULL,
            message TEXT NOT NULL,
            content BLOB NOT NULL,
            UNIQUE (link, digest)
        ) STRICT;
        """;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly TimeProvider clock;
    private readonly PreparedStatement read;
    private readonly PreparedStatement make;
    private readonly PreparedStatement advance;
    private readonly PreparedStatement refuse;
    private readonly PreparedStatement count;
    private readonly PreparedStatement forget;
    private readonly PreparedStatement fail;
    private readonly PreparedStatement recover;
    private readonly PreparedStatement list;
    private readonly PreparedStatement kept;
    private readonly PreparedStatement erase;

    /// <summary>Opens the file, or makes it.</summary>
    public LinkJournal(string path, TimeProvider clock)
    {
        this.clock = clock;
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        read = new PreparedStatement(
            connection,
            """
            SELECT cursor, moved, refused, opted_out, success_ms, failing_ms, error FROM links WHERE name = @name
            """,
            "@name");
        make = new PreparedStatement(connection, "INSERT OR IGNORE INTO links (name) VALUES (@name)", "@name");
        advance = new PreparedStatement(
            connection,
            """
            UPDATE links SET cursor = @cursor, moved = moved + @moved, opted_out = opted_out + @out, success_ms = @now
            WHERE name = @name
            """,
            "@cursor", "@moved", "@out", "@now", "@name");
        refuse = new PreparedStatement(
            connection,
            """
            INSERT OR IGNORE INTO refused (link, digest, at_ms, id, path, rule, message, content)
            VALUES (@link, @digest, @now, @id, @path, @rule, @message, @content)
            """,
            "@link", "@digest", "@now", "@id", "@path", "@rule", "@message", "@content");
        count = new PreparedStatement(
            connection, "UPDATE links SET refused = refused + 1 WHERE name = @name", "@name");
        forget = new PreparedStatement(
            connection,
            """
            DELETE FROM refused WHERE link = @link AND number <= (
                SELECT number FROM refused WHERE link = @link ORDER BY number DESC LIMIT 1 OFFSET @kept)
            """,
            "@link", "@kept");
        fail = new PreparedStatement(
            connection,
            "UPDATE links SET failing_ms = coalesce(failing_ms, @now), error = @error WHERE name = @name",
            "@now", "@error", "@name");
        recover = new PreparedStatement(
            connection,
            "UPDATE links SET failing_ms = NULL, success_ms = @now WHERE name = @name AND failing_ms IS NOT NULL",
            "@now", "@name");
        list = new PreparedStatement(
            connection,
            """
            SELECT number, id, path, rule, message, content FROM refused WHERE link = @link AND number < @before
            ORDER BY number DESC LIMIT @limit
            """,
            "@link", "@before", "@limit");
        kept = new PreparedStatement(connection, "SELECT number, id, content FROM refused ORDER BY number");
        erase = new PreparedStatement(connection, "DELETE FROM refused WHERE number = @number", "@number");
    }

    /// <inheritdoc/>
    public LinkProgress Read(string link)
    {
        lock (gate)
        {
            using DbDataReader row = read.Rows(null, link);
            return row.Read()
                ? new LinkProgress(
                    row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), Time(row, 4), Time(row, 5),
                    row.IsDBNull(6) ? null : row.GetString(6))
                : LinkProgress.None;
        }
    }

    /// <inheritdoc/>
    public void Advance(string link, string cursor, long moved, long optedOut) => Change(
        link, transaction => advance.Run(transaction, cursor, moved, optedOut, Now(), link));

    /// <inheritdoc/>
    public void Refuse(string link, RefusedRecord record) => Change(link, transaction =>
    {
        byte[] digest = SHA256.HashData([.. Encoding.UTF8.GetBytes(record.Id + "\n"), .. record.Content.Span]);
        int added = refuse.Run(
            transaction, link, digest, Now(), record.Id, record.Path, record.Rule, record.Message,
            record.Content.ToArray());
        if (added > 0)
        {
            count.Run(transaction, link);
            forget.Run(transaction, link, (long)RefusedMax);
        }
    });

    /// <inheritdoc/>
    public void Failed(string link, string error) => Change(
        link, transaction => fail.Run(transaction, Now(), error, link));

    /// <inheritdoc/>
    public void Recovered(string link) => Change(link, transaction => recover.Run(transaction, Now(), link));

    /// <summary>
    /// The newest records that a link could not move, each with its number in the journal; those before a number, or
    /// from the newest on where it is 0.
    /// </summary>
    public IReadOnlyList<(long Number, RefusedRecord Record)> Refused(string link, long before, int limit)
    {
        lock (gate)
        {
            List<(long, RefusedRecord)> records = [];
            using DbDataReader row = list.Rows(null, link, before == 0 ? long.MaxValue : before, (long)limit);
            while (row.Read())
            {
                records.Add((row.GetInt64(0), new RefusedRecord(
                    row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
                    row.GetFieldValue<byte[]>(5))));
            }

            return records;
        }
    }

    /// <summary>
    /// Erases the records that could not be moved of which this is true, given id and content; returns how many. The
    /// bytes are gone from the file after <see cref="Scrub"/>.
    /// </summary>
    public int Erase(Func<string, ReadOnlyMemory<byte>, bool> isToGo)
    {
        lock (gate)
        {
            List<long> numbers = [];
            using (DbDataReader rows = kept.Rows(null))
            {
                while (rows.Read())
                {
                    if (isToGo(rows.GetString(1), rows.GetFieldValue<byte[]>(2)))
                    {
                        numbers.Add(rows.GetInt64(0));
                    }
                }
            }

            using DbTransaction transaction = connection.BeginTransaction(deferred: false);
            foreach (long number in numbers)
            {
                erase.Run(transaction, number);
            }

            transaction.Commit();
            return numbers.Count;
        }
    }

    /// <summary>Writes the file anew, so that it holds nothing of what was erased.</summary>
    public bool Scrub()
    {
        lock (gate)
        {
            return RecordDatabase.Scrub(connection);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (PreparedStatement statement in (PreparedStatement[])
                [read, make, advance, refuse, count, forget, fail, recover, list, kept, erase])
            {
                statement.Dispose();
            }

            connection.Dispose();
        }
    }

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private void Change(string link, Action<DbTransaction> change)
    {
        lock (gate)
        {
            using DbTransaction transaction = connection.BeginTransaction(deferred: false);
            make.Run(transaction, link);
            change(transaction);
            transaction.Commit();
        }
    }
}
