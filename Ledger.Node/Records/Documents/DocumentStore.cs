using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// State and profile documents. A change is decided on what is kept, in the transaction that writes it. Throws
/// <see cref="DbException"/> when the disk or the database fails.
/// </summary>
public sealed class DocumentStore
{
    private const string Place =
        "kind = @kind AND activity = @activity AND agent = @agent AND registration = @registration";

    private static readonly string[] PlaceNames = ["@kind", "@activity", "@agent", "@registration"];

    private readonly StoreSession session;
    private readonly ReadSession reading;
    private readonly TimeProvider clock;
    private readonly PreparedStatement find;
    private readonly PreparedStatement findForChange;
    private readonly PreparedStatement write;
    private readonly PreparedStatement remove;
    private readonly PreparedStatement removeAll;
    private readonly PreparedStatement ids;
    private readonly PreparedStatement places;

    internal DocumentStore(StoreSession session, ReadSession reading, TimeProvider clock)
    {
        this.session = session;
        this.reading = reading;
        this.clock = clock;
        const string One = $"SELECT content_type, content, updated_ms FROM documents WHERE {Place} AND id = @id";
        find = new PreparedStatement(reading.Connection, One, [.. PlaceNames, "@id"]);
        findForChange = new PreparedStatement(session.Connection, One, [.. PlaceNames, "@id"]);
        ids = new PreparedStatement(
            reading.Connection,
            """
            SELECT DISTINCT id FROM documents WHERE kind = @kind AND activity = @activity AND agent = @agent
            AND (registration = @registration OR @any = 1) AND updated_ms > @since ORDER BY id
            """,
            [.. PlaceNames, "@any", "@since"]);
        places = new PreparedStatement(
            reading.Connection,
            """
            SELECT kind, activity, registration, id FROM documents WHERE agent = @agent
            ORDER BY kind, activity, registration, id
            """,
            "@agent");
        write = new PreparedStatement(
            session.Connection,
            """
            INSERT INTO documents (kind, activity, agent, registration, id, content_type, content, updated_ms)
            VALUES (@kind, @activity, @agent, @registration, @id, @type, @content, @updated)
            ON CONFLICT (kind, activity, agent, registration, id) DO UPDATE SET
            content_type = excluded.content_type, content = excluded.content, updated_ms = excluded.updated_ms
            """,
            [.. PlaceNames, "@id", "@type", "@content", "@updated"]);
        remove = new PreparedStatement(
            session.Connection, $"DELETE FROM documents WHERE {Place} AND id = @id", [.. PlaceNames, "@id"]);
        removeAll = new PreparedStatement(
            session.Connection,
            """
            DELETE FROM documents WHERE kind = @kind AND activity = @activity AND agent = @agent
            AND (registration = @registration OR @any = 1)
            """,
            [.. PlaceNames, "@any"]);
    }

    /// <summary>A document by its id, or null.</summary>
    public Document? Find(DocumentScope scope, string id) => reading.Read(() => Read(find, null, scope, id));

    /// <summary>The ids of the documents written after a time, null for all, in the order of their bytes.</summary>
    public IReadOnlyList<string> Ids(DocumentScope scope, DateTimeOffset? since) =>
        reading.Read<IReadOnlyList<string>>(() =>
        {
            List<string> found = [];
            long after = since?.ToUnixTimeMilliseconds() ?? long.MinValue;
            using DbDataReader rows = ids.Rows(null, [.. Values(scope), Any(scope), after]);
            while (rows.Read())
            {
                found.Add(rows.GetString(0));
            }

            return found;
        });

    /// <summary>
    /// Where documents of an agent are, of all kinds, in order: no request of xAPI asks for all of them.
    /// </summary>
    public IReadOnlyList<(DocumentScope Scope, string Id)> Of(string agent) =>
        reading.Read<IReadOnlyList<(DocumentScope, string)>>(() =>
        {
            List<(DocumentScope, string)> found = [];
            using DbDataReader rows = places.Rows(null, agent);
            while (rows.Read())
            {
                found.Add((
                    new DocumentScope(
                        (DocumentKind)rows.GetInt64(0), rows.GetString(1), agent, rows.GetString(2),
                        HasRegistration: true),
                    rows.GetString(3)));
            }

            return found;
        });

    /// <summary>Decides by what is kept, and writes what was decided; returns the decision.</summary>
    public DocumentChange Change(DocumentScope scope, string id, Func<Document?, DocumentChange> decide) =>
        session.Write(transaction =>
        {
            DocumentChange change = decide(Read(findForChange, transaction, scope, id));
            switch (change)
            {
                case DocumentChange.Keep keep:
                    long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                    write.Run(
                        transaction, [.. Values(scope), id, keep.ContentType, keep.Content.ToArray(), now]);
                    break;
                case DocumentChange.Remove:
                    remove.Run(transaction, [.. Values(scope), id]);
                    break;
                case DocumentChange.Refuse:
                    break;
            }

            return change;
        });

    /// <summary>Removes all documents of a scope.</summary>
    public void RemoveAll(DocumentScope scope) =>
        session.Write(transaction => removeAll.Run(transaction, [.. Values(scope), Any(scope)]));

    internal void Close()
    {
        reading.Close([find, ids, places]);
        session.Close([findForChange, write, remove, removeAll]);
    }

    private static Document? Read(
        PreparedStatement statement, DbTransaction? transaction, DocumentScope scope, string id)
    {
        using DbDataReader row = statement.Rows(transaction, [.. Values(scope), id]);
        return row.Read()
            ? new Document(
                row.GetString(0),
                row.GetFieldValue<byte[]>(1),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)))
            : null;
    }

    private static object?[] Values(DocumentScope scope) =>
        [(long)scope.Kind, scope.Activity, scope.Agent, scope.Registration];

    private static long Any(DocumentScope scope) => scope.HasRegistration ? 0 : 1;
}
