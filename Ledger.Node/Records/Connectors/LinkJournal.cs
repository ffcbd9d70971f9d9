using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Ledger.Node.Protos;
using Ledger.Node.Sealing;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// What links remember, in one SQLite file. Nobody can say whose a record is that could not be moved: each rests sealed
/// under a key of its own, which goes with it. Used from any thread.
/// </summary>
public sealed class LinkJournal : ILinkJournal, IDisposable
{
    /// <summary>The newest refused records that are kept of a link: enough to repair what is wrong.</summary>
    public const int RefusedMax = 10_000;

    private const string PlainTable = "plain_refused";

    private const string SetAside = $"ALTER TABLE refused RENAME TO {PlainTable}";

    private static readonly string Tables = $"""
        CREATE TABLE IF NOT EXISTS links (
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
            key INTEGER NOT NULL,
            content BLOB NOT NULL,
            UNIQUE (link, digest)
        ) STRICT;
        {EmptiedKeys.Tables("refused")}
        """;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly PersonKeys keys;
    private readonly TimeProvider clock;
    private readonly EmptiedKeys emptied;
    private readonly PreparedStatement read;
    private readonly PreparedStatement make;
    private readonly PreparedStatement advance;
    private readonly PreparedStatement has;
    private readonly PreparedStatement refuse;
    private readonly PreparedStatement count;
    private readonly PreparedStatement forget;
    private readonly PreparedStatement fail;
    private readonly PreparedStatement recover;
    private readonly PreparedStatement list;
    private readonly PreparedStatement kept;
    private readonly PreparedStatement erase;

    /// <summary>Opens the file, or makes it; seals what an earlier version kept plain.</summary>
    /// <exception cref="SealingKeysException">Its contents are sealed under other keys.</exception>
    public LinkJournal(string path, PersonKeys keys, TimeProvider clock)
    {
        this.clock = clock;
        this.keys = keys;
        connection = SealedFile.Open(path, keys, Tables, SetAside);
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
        has = new PreparedStatement(
            connection, "SELECT 1 FROM refused WHERE link = @link AND digest = @digest", "@link", "@digest");
        refuse = new PreparedStatement(
            connection,
            """
            INSERT INTO refused (number, link, digest, at_ms, key, content)
            VALUES (@number, @link, @digest, @at, @key, @content)
            """,
            "@number", "@link", "@digest", "@at", "@key", "@content");
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
            SELECT number, link, digest, content FROM refused WHERE link = @link AND number < @before
            ORDER BY number DESC LIMIT @limit
            """,
            "@link", "@before", "@limit");
        kept = new PreparedStatement(connection, "SELECT number, link, digest, content FROM refused ORDER BY number");
        erase = new PreparedStatement(connection, "DELETE FROM refused WHERE number = @number", "@number");
        SealedFile.WorkOff(connection, keys, PlainTable, ["number"], PersonOf, AddPlain);
        emptied = new EmptiedKeys(connection, "refused", keys);
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
        byte[] digest = DigestOf(record.Id, record.Content.Span);
        if (has.Scalar(transaction, link, digest) is null)
        {
            Add(transaction, null, link, digest, Now(), record);
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
            return [.. Read(list.Rows(null, link, before == 0 ? long.MaxValue : before, (long)limit))];
        }
    }

    /// <summary>
    /// Erases the records that could not be moved of which this is true, given id and content, and their keys; returns
    /// how many. The bytes are gone from the file after <see cref="Scrub"/>.
    /// </summary>
    public int Erase(Func<string, ReadOnlyMemory<byte>, bool> isToGo)
    {
        lock (gate)
        {
            long[] numbers =
            [
                .. Read(kept.Rows(null)).Where(one => isToGo(one.Record.Id, one.Record.Content))
                    .Select(static one => one.Number),
            ];
            using (DbTransaction transaction = connection.BeginTransaction(deferred: false))
            {
                foreach (long number in numbers)
                {
                    erase.Run(transaction, number);
                }

                transaction.Commit();
            }

            emptied.Erase();
            return numbers.Length;
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
                [read, make, advance, has, refuse, count, forget, fail, recover, list, kept, erase])
            {
                statement.Dispose();
            }

            emptied.Dispose();
            connection.Dispose();
        }
    }

    private static byte[] ContextOf(string link, byte[] digest) =>
        [.. "refused"u8, .. digest, .. Encoding.UTF8.GetBytes(link)];

    private static string PersonOf(string link, byte[] digest) =>
        PersonKeys.Named("refused", $"{Convert.ToHexStringLower(digest)} {link}");

    private static RefusedRecord RecordOf(PlainRow row) => new(
        row.Text("id"), row.Text("path"), row.Text("rule"), row.Text("message"), row.Bytes("content"));

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    // Without the key nobody can tell whether a record that he knows is among them.
    private byte[] DigestOf(string id, ReadOnlySpan<byte> content) => keys.DigestBytes(
        DigestKinds.RefusedRecord,
        Convert.ToHexString(SHA256.HashData([.. Encoding.UTF8.GetBytes(id + "\n"), .. content])));

    private string PersonOf(PlainRow row) => PersonOf(row.Text("link"), DigestOf(row.Text("id"), row.Bytes("content")));

    private void AddPlain(DbTransaction transaction, PlainRow row) => Add(
        transaction, row.Number("number"), row.Text("link"), DigestOf(row.Text("id"), row.Bytes("content")),
        row.Number("at_ms"), RecordOf(row));

    private void Add(
        DbTransaction transaction, long? number, string link, byte[] digest, long atUnixMs, RefusedRecord record)
    {
        RefusedContent content = new()
        {
            Id = record.Id,
            Path = record.Path,
            Rule = record.Rule,
            Message = record.Message,
            Content = ByteString.CopyFrom(record.Content.Span),
        };
        byte[] value = keys.Seal(PersonOf(link, digest), ContextOf(link, digest), content.ToByteArray());
        refuse.Run(transaction, number, link, digest, atUnixMs, PersonKeys.KeyIdOf(value), value);
    }

    // One whose key was erased is as good as gone; one that does not open now stays.
    private List<(long Number, RefusedRecord Record)> Read(DbDataReader rows)
    {
        List<(long, RefusedRecord)> found = [];
        using (rows)
        {
            while (rows.Read())
            {
                byte[] context = ContextOf(rows.GetString(1), rows.GetFieldValue<byte[]>(2));
                if (keys.OpenOrPass(context, rows.GetFieldValue<byte[]>(3)).BytesOrNull is { } opened)
                {
                    RefusedContent content = RefusedContent.Parser.ParseFrom(opened);
                    found.Add((rows.GetInt64(0), new RefusedRecord(
                        content.Id, content.Path, content.Rule, content.Message, content.Content.Memory)));
                }
            }
        }

        return found;
    }

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
