using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// State and profile documents, sealed under their agents' keys; those of an activity under the store's own. A change
/// is decided on what is kept, in the transaction that writes it. Throws <see cref="DbException"/> when the disk or the
/// database fails.
/// </summary>
public sealed class DocumentStore
{
    private const string Place =
        "kind = @kind AND activity = @activity AND agent = @agent AND registration = @registration";

    private static readonly string[] PlaceNames = ["@kind", "@activity", "@agent", "@registration"];

    private readonly StoreSession session;
    private readonly ReadSession reading;
    private readonly StoreSeals seals;
    private readonly TimeProvider clock;
    private readonly PreparedStatement find;
    private readonly PreparedStatement findForChange;
    private readonly PreparedStatement write;
    private readonly PreparedStatement remove;
    private readonly PreparedStatement removeAll;
    private readonly PreparedStatement ids;
    private readonly PreparedStatement places;

    internal DocumentStore(StoreSession session, ReadSession reading, StoreSeals seals, TimeProvider clock)
    {
        this.session = session;
        this.reading = reading;
        this.seals = seals;
        this.clock = clock;
        const string One = $"SELECT head, content, updated_ms FROM documents WHERE {Place} AND id = @id";
        find = new PreparedStatement(reading.Connection, One, [.. PlaceNames, "@id"]);
        findForChange = new PreparedStatement(session.Connection, One, [.. PlaceNames, "@id"]);
        ids = new PreparedStatement(
            reading.Connection,
            """
            SELECT registration, id, head FROM documents WHERE kind = @kind AND activity = @activity
            AND agent = @agent AND (registration = @registration OR @any = 1) AND updated_ms > @since
            """,
            [.. PlaceNames, "@any", "@since"]);
        places = new PreparedStatement(
            reading.Connection, "SELECT kind, activity, registration, id, head FROM documents WHERE agent = @agent",
            "@agent");
        write = new PreparedStatement(
            session.Connection,
            """
            INSERT INTO documents (kind, activity, agent, registration, id, head, content, updated_ms)
            VALUES (@kind, @activity, @agent, @registration, @id, @head, @content, @updated)
            ON CONFLICT (kind, activity, agent, registration, id) DO UPDATE SET
            head = excluded.head, content = excluded.content, updated_ms = excluded.updated_ms
            """,
            [.. PlaceNames, "@id", "@head", "@content", "@updated"]);
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
    public Document? Find(DocumentScope scope, string id)
    {
        DocumentPlace place = DocumentPlace.Of(seals, scope, id);
        return reading.Read(() => Read(find, null, place));
    }

    /// <summary>The ids of the documents written after a time, null for all, in the order of their bytes.</summary>
    public IReadOnlyList<string> Ids(DocumentScope scope, DateTimeOffset? since)
    {
        DocumentPlace place = DocumentPlace.Of(seals, scope, string.Empty);
        long after = since?.ToUnixTimeMilliseconds() ?? long.MinValue;
        return reading.Read<IReadOnlyList<string>>(() =>
        {
            HashSet<string> found = new(StringComparer.Ordinal);
            using DbDataReader rows = ids.Rows(null, [.. place.ScopeValues(), Any(scope), after]);
            while (rows.Read())
            {
                DocumentPlace row = place with { Registration = KeyIn(rows, 0), Id = KeyIn(rows, 1) };
                if (Listed(SealContexts.DocumentHead(row), rows.GetFieldValue<byte[]>(2)) is { } head)
                {
                    found.Add(head.Id);
                }
            }

            return [.. found.Order(ByteOrder.Comparer)];
        });
    }

    /// <summary>
    /// Where documents of an agent are, of all kinds, in order: no request of xAPI asks for all of them.
    /// </summary>
    public IReadOnlyList<(DocumentScope Scope, string Id)> Of(string agent)
    {
        SearchKey key = seals.KeyOf(SearchKind.DocumentAgent, agent);
        return reading.Read<IReadOnlyList<(DocumentScope, string)>>(() =>
        {
            List<(DocumentScope Scope, string Id)> found = [];
            using DbDataReader row = places.Rows(null, key.ToArray());
            while (row.Read())
            {
                DocumentPlace place = new(
                    (DocumentKind)row.GetInt32(0), KeyIn(row, 1), key, KeyIn(row, 2), KeyIn(row, 3));
                if (Listed(SealContexts.DocumentHead(place), row.GetFieldValue<byte[]>(4)) is { } head)
                {
                    found.Add((head.ScopeOf(place.Kind), head.Id));
                }
            }

            return
            [
                .. found.OrderBy(static one => one.Scope.Kind)
                    .ThenBy(static one => one.Scope.Activity, ByteOrder.Comparer)
                    .ThenBy(static one => one.Scope.Registration, ByteOrder.Comparer)
                    .ThenBy(static one => one.Id, ByteOrder.Comparer),
            ];
        });
    }

    /// <summary>Decides by what is kept, and writes what was decided; returns the decision.</summary>
    public DocumentChange Change(DocumentScope scope, string id, Func<Document?, DocumentChange> decide)
    {
        DocumentPlace place = DocumentPlace.Of(seals, scope, id);
        seals.Prepare([scope.Agent]);
        return session.Write(transaction =>
        {
            DocumentChange change = decide(Read(findForChange, transaction, place));
            switch (change)
            {
                case DocumentChange.Keep keep:
                    Keep(transaction, place, DocumentHead.Of(scope, keep.ContentType, id), keep);
                    break;
                case DocumentChange.Remove:
                    remove.Run(transaction, place.Values());
                    break;
                case DocumentChange.Refuse:
                    break;
            }

            return change;
        });
    }

    /// <summary>Removes all documents of a scope.</summary>
    public void RemoveAll(DocumentScope scope)
    {
        DocumentPlace place = DocumentPlace.Of(seals, scope, string.Empty);
        session.Write(transaction => removeAll.Run(transaction, [.. place.ScopeValues(), Any(scope)]));
    }

    internal void Close()
    {
        reading.Close([find, ids, places]);
        session.Close([findForChange, write, remove, removeAll]);
    }

    // An agent of none is the empty text, as the store's own key is: what belongs to no one person.
    private void Keep(
        DbTransaction transaction, DocumentPlace place, DocumentHead head, DocumentChange.Keep keep) =>
        write.Run(
            transaction,
            [
                .. place.Values(),
                seals.Seal(head.Agent, SealContexts.DocumentHead(place), head.ToBytes()),
                seals.Seal(head.Agent, SealContexts.DocumentContent(place), keep.Content.Span),
                clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ]);

    private Document? Read(PreparedStatement statement, DbTransaction? transaction, DocumentPlace place)
    {
        using DbDataReader row = statement.Rows(transaction, place.Values());
        return row.Read()
            && Open(SealContexts.DocumentHead(place), row.GetFieldValue<byte[]>(0)) is { } head
            && Open(SealContexts.DocumentContent(place), row.GetFieldValue<byte[]>(1)) is { } content
                ? new Document(
                    DocumentHead.Read(head).ContentType,
                    content,
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)))
                : null;
    }

    // What is under a key that was erased is not there any more.
    private byte[]? Open(byte[] context, byte[] value) =>
        seals.Open(context, value) is { IsKeyErased: false } opened ? opened.Bytes : null;

    // One that is damaged does not keep the others from being listed.
    private DocumentHead? Listed(byte[] context, byte[] value) =>
        seals.OpenUnlessDamaged(context, value) is { IsKeyErased: false } opened
            ? DocumentHead.Read(opened.Bytes)
            : null;

    private static SearchKey KeyIn(DbDataReader row, int column) => SearchKey.Of(row.GetFieldValue<byte[]>(column));

    private static long Any(DocumentScope scope) => scope.HasRegistration ? 0 : 1;
}
