using System.Data.Common;
using Ledger.Node.Sealing;

namespace Ledger.Node.Records;

/// <summary>
/// Seals what older formats left in tables in clear, a page in a transaction that deletes it there. Used while nobody
/// else uses the store.
/// </summary>
internal sealed class PlainRows : IDisposable
{
    /// <summary>Rows of a page where a row is small.</summary>
    private const int PageRowsOfTexts = 1_000;

    /// <summary>Rows of a page where a row may be 32 MiB.</summary>
    private const int PageRowsOfBytes = 4;

    private static readonly RecordTable Activities = new("plain_activities", ["id"], ["definition"]);

    private static readonly RecordTable Names = new("plain_names", ["agent", "name"], []);

    private static readonly RecordTable Documents = new(
        "plain_documents",
        ["kind", "activity", "agent", "registration", "id"],
        ["content_type", "content", "updated_ms"]);

    private static readonly RecordTable Attachments = new("plain_attachments", ["digest"], ["content"]);

    private readonly StoreSession session;
    private readonly StoreSeals seals;
    private readonly PageCount count;
    private readonly RowInserter activities;
    private readonly RowInserter names;
    private readonly RowInserter documents;
    private readonly AttachmentTable attachments;
    private readonly PlainRecords records;

    public PlainRows(StoreSession session, StoreSeals seals, PageCount count)
    {
        this.session = session;
        this.seals = seals;
        this.count = count;
        DbConnection connection = session.Connection;
        activities = new RowInserter(connection, "activities", ["id", "definition"], string.Empty);
        names = new RowInserter(connection, "agent_names", ["agent", "name", "content"], string.Empty);
        documents = new RowInserter(
            connection,
            "documents",
            ["kind", "activity", "agent", "registration", "id", "head", "content", "updated_ms"],
            string.Empty);
        attachments = new AttachmentTable(connection, seals);
        records = new PlainRecords(session, seals, attachments);
    }

    /// <summary>The tables in clear, in the order in which they are sealed.</summary>
    public static IReadOnlyList<RecordTable> Tables { get; } =
        [Activities, Names, Documents, PlainRecords.Table, Attachments];

    /// <summary>Seals all rows.</summary>
    public void SealAll()
    {
        Seal(Activities, PageRowsOfTexts, SealActivities);
        Seal(Names, PageRowsOfTexts, SealNames);
        Seal(Documents, PageRowsOfBytes, SealDocuments);
        Seal(PlainRecords.Table, PlainRecords.PageRows, records.Seal);
        Seal(Attachments, PageRowsOfBytes, SealAttachments);
    }

    public void Dispose()
    {
        activities.Dispose();
        names.Dispose();
        documents.Dispose();
        attachments.Dispose();
        records.Dispose();
    }

    private void Seal(RecordTable table, int pageRows, Action<DbTransaction, IReadOnlyList<object[]>> seal)
    {
        using TableRows rows = new(session.Connection, table, pageRows);
        string[] upTo = [.. table.Key.Select(static column => $"@{column}")];
        using PreparedStatement delete = new(
            session.Connection,
            $"DELETE FROM {table.Name} WHERE ({string.Join(", ", table.Key)}) <= ({string.Join(", ", upTo)})",
            upTo);
        object[]? last = null;
        while (session.Read(() => rows.PageAfter(last)) is { Count: > 0 } page)
        {
            last = rows.KeyOf(page[^1]);
            session.Write(transaction =>
            {
                seal(transaction, page);
                delete.Run(transaction, last);
            });
            count.Add(page.Count);
        }
    }

    private void SealActivities(DbTransaction transaction, IReadOnlyList<object[]> page) => activities.Insert(
        transaction,
        [
            .. page.SelectMany(row =>
            {
                SearchKey key = seals.KeyOf(SearchKind.DefinedActivity, (string)row[0]);
                return new object?[]
                {
                    key.ToArray(), seals.Seal(PersonKeys.Store, SealContexts.Definition(key), (byte[])row[1]),
                };
            }),
        ]);

    private void SealNames(DbTransaction transaction, IReadOnlyList<object[]> page)
    {
        seals.Prepare([.. page.Select(static row => (string)row[0])]);
        names.Insert(transaction, [.. page.SelectMany(row => Name(new SeenName((string)row[0], (string)row[1])))]);
    }

    private object?[] Name(SeenName name)
    {
        SearchKey agent = seals.KeyOf(SearchKind.NamedAgent, name.Agent);
        SearchKey own = seals.KeyOf(SearchKind.AgentName, name.Name);
        return
        [
            agent.ToArray(), own.ToArray(),
            seals.Seal(name.Agent, SealContexts.Name(agent, own), NameContent.ToBytes(name)),
        ];
    }

    private void SealDocuments(DbTransaction transaction, IReadOnlyList<object[]> page)
    {
        seals.Prepare([.. page.Select(static row => (string)row[2])]);
        documents.Insert(transaction, [.. page.SelectMany(Document)]);
    }

    private object?[] Document(object[] row)
    {
        string agent = (string)row[2];
        string id = (string)row[4];
        DocumentScope scope = new(
            (DocumentKind)(long)row[0], (string)row[1], agent, (string)row[3], HasRegistration: true);
        DocumentPlace place = DocumentPlace.Of(seals, scope, id);
        DocumentHead head = DocumentHead.Of(scope, (string)row[5], id);
        return
        [
            .. place.Values(),
            seals.Seal(agent, SealContexts.DocumentHead(place), head.ToBytes()),
            seals.Seal(agent, SealContexts.DocumentContent(place), (byte[])row[6]),
            row[7],
        ];
    }

    // Those that statements name are their actors' already; what is left nobody names.
    private void SealAttachments(DbTransaction transaction, IReadOnlyList<object[]> page)
    {
        foreach (object[] row in page)
        {
            AttachmentContent content = new((byte[])row[0], (byte[])row[1]);
            if (!attachments.IsKept(transaction, seals.KeyOf(SearchKind.Attachment, content.HexDigest)))
            {
                attachments.Keep(transaction, PreparedAttachment.Of(seals, content, Array.Empty<string>()));
            }
        }
    }
}
