using System.Data.Common;
using System.Globalization;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Takes out what erased statements alone have told of agents and activities. It is sealed under keys that live on:
/// those of the agents who are named, and the store's own. Used under the writer's lock.
/// </summary>
internal sealed class ToldEraser : IDisposable
{
    /// <summary>Records that are read at once: each may be 256 KiB.</summary>
    private const int PageRows = 100;

    private readonly StoreSession session;
    private readonly StoreSeals seals;
    private readonly RecordRows rows;
    private readonly byte[] untoldKey;
    private readonly PreparedStatement name;
    private readonly PreparedStatement definition;
    private readonly PreparedStatement holder;
    private readonly PreparedStatement mark;
    private readonly PreparedStatement unmark;
    private readonly PreparedStatement statements;
    private readonly PreparedStatement definitions;

    public ToldEraser(StoreSession session, StoreSeals seals)
    {
        this.session = session;
        this.seals = seals;
        rows = new RecordRows(seals);
        untoldKey = seals.KeyOf(SearchKind.Erased, "\nuntold").ToArray();
        name = Prepare("DELETE FROM agent_names WHERE agent = @agent AND name = @name", "@agent", "@name");
        definition = Prepare("DELETE FROM activities WHERE id = @id", "@id");
        holder = Prepare("SELECT holder FROM search_keys WHERE key = @key LIMIT 1", "@key");
        mark = Prepare(
            "INSERT INTO search_keys (key, holder, origin) VALUES (@key, 0, 0) ON CONFLICT DO NOTHING", "@key");
        unmark = Prepare("DELETE FROM search_keys WHERE key = @key", "@key");
        statements = Prepare(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT {RecordRows.Columns} FROM records r WHERE r.sequence > @after
                AND r.type = {(int)RecordType.XapiStatement} AND r.state <> {(int)RecordState.Erased}
                ORDER BY r.sequence LIMIT {PageRows}
                """),
            "@after");
        definitions = Prepare("SELECT id FROM activities");
    }

    /// <summary>
    /// Erases what a statement told that is out of the tables already; whether anything was there. Who else has told a
    /// name is not written down: it goes, and comes back with the next statement that tells it. An activity that no
    /// other statement is found by, none other has told of.
    /// </summary>
    public bool Erase(DbTransaction transaction, StatementFacts facts)
    {
        int gone = 0;
        foreach (SeenName told in facts.Names)
        {
            gone += name.Run(
                transaction,
                seals.KeyOf(SearchKind.NamedAgent, told.Agent).ToArray(),
                seals.KeyOf(SearchKind.AgentName, told.Name).ToArray());
        }

        foreach (SeenActivity told in facts.Activities)
        {
            if (!IsFound(transaction, SearchKind.Activity, told.Id)
                && !IsFound(transaction, SearchKind.RelatedActivity, told.Id))
            {
                gone += definition.Run(transaction, seals.KeyOf(SearchKind.DefinedActivity, told.Id).ToArray());
            }
        }

        return gone > 0;
    }

    /// <summary>
    /// Notes, in the transaction that takes it out, that a record is gone of which nobody knows what it told.
    /// </summary>
    public void NoteUntold(DbTransaction transaction) => mark.Run(transaction, untoldKey);

    /// <summary>
    /// Erases the definitions that no statement of the store tells, after records went that nobody opens, as in an
    /// older copy of the store. That costs a look at every statement. Where one is damaged, nobody knows what it
    /// tells: then nothing is erased, and it is to be asked again. Whether it was done.
    /// </summary>
    public bool EraseUntold(Action beforeErasing)
    {
        bool isDone = false;
        session.Exclusively(() =>
        {
            if (session.Read(() => holder.Scalar(null, untoldKey) is not null) && Told() is { } told)
            {
                beforeErasing();
                KeepOnly(told);
                isDone = true;
            }
        });
        return isDone;
    }

    /// <summary>What a statement tells.</summary>
    public static StatementFacts FactsOf(StoredRecord statement) =>
        StatementFactsReader.Read(JsonTree.Parse(statement.Committed.Span).Root, statement.Version);

    public void Dispose()
    {
        PreparedStatement[] all = [name, definition, holder, mark, unmark, statements, definitions];
        foreach (PreparedStatement statement in all)
        {
            statement.Dispose();
        }
    }

    private void KeepOnly(HashSet<SearchKey> told) => session.Write(transaction =>
    {
        foreach (SearchKey untold in Definitions(transaction).Where(one => !told.Contains(one)))
        {
            definition.Run(transaction, untold.ToArray());
        }

        unmark.Run(transaction, untoldKey);
    });

    // The activities that statements tell of; null where not every statement says which.
    private HashSet<SearchKey>? Told()
    {
        HashSet<SearchKey> told = [];
        IReadOnlyList<StoredRecord> page = [];
        do
        {
            long after = page.Count == 0 ? 0 : page[^1].Sequence;
            page = session.Read(() => rows.ReadAll(statements.Rows(null, after)));
            if (page.Any(static record => record.IsDamaged))
            {
                return null;
            }

            told.UnionWith(page.Where(static record => record.IsReadable)
                .SelectMany(static record => FactsOf(record).Activities)
                .Select(activity => seals.KeyOf(SearchKind.DefinedActivity, activity.Id)));
        }
        while (page.Count == PageRows);
        return told;
    }

    private List<SearchKey> Definitions(DbTransaction transaction)
    {
        List<SearchKey> found = [];
        using DbDataReader row = definitions.Rows(transaction);
        while (row.Read())
        {
            found.Add(SearchKey.Of(row.GetFieldValue<byte[]>(0)));
        }

        return found;
    }

    private bool IsFound(DbTransaction transaction, SearchKind kind, string text) =>
        holder.Scalar(transaction, seals.KeyOf(kind, text).ToArray()) is not null;

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(session.Connection, sql, parameters);
}
