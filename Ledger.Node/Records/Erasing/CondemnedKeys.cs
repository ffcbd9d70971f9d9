using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// Keys of persons whose records are to go, and with them, in every copy of the store's files, what the keys have
/// sealed. A key is retired first: what comes in later gets another one. Once the records are out of the tables, what
/// is left under the key is somebody's who stays or came since: it is sealed again, and then the key is erased. Each
/// step may be done again, so that a crash may come anywhere. The table is taken at its word for keys that are retired
/// in their own file alone: whoever writes to the database erases nobody. Used under the writer's lock.
/// </summary>
internal sealed class CondemnedKeys : IDisposable
{
    private readonly StoreSession session;
    private readonly StoreSeals seals;
    private readonly RecordRows rows;
    private readonly AttachmentTable attachments;
    private readonly PreparedStatement add;
    private readonly PreparedStatement all;
    private readonly PreparedStatement remove;
    private readonly PreparedStatement holders;
    private readonly PreparedStatement find;
    private readonly PreparedStatement write;

    public CondemnedKeys(StoreSession session, StoreSeals seals)
    {
        this.session = session;
        this.seals = seals;
        rows = new RecordRows(seals);
        attachments = new AttachmentTable(session.Connection, seals);
        add = Prepare(
            "INSERT INTO condemned_keys (id, person) VALUES (@id, @person) ON CONFLICT DO NOTHING", "@id", "@person");
        all = Prepare("SELECT id, person FROM condemned_keys");
        remove = Prepare("DELETE FROM condemned_keys WHERE id = @id", "@id");
        holders = Prepare("SELECT holder FROM search_keys WHERE key = @key", "@key");
        find = Prepare($"SELECT {RecordRows.Columns} FROM records r WHERE r.sequence = @sequence", "@sequence");
        write = Prepare("UPDATE records SET content = @content WHERE sequence = @sequence", "@content", "@sequence");
    }

    /// <summary>Condemns the keys that a person has now.</summary>
    public void Add(DbTransaction transaction, string person)
    {
        byte[] found = seals.KeyOf(SearchKind.ListedActor, person).ToArray();
        foreach (long id in seals.Retire(person))
        {
            add.Run(transaction, id, found);
        }

        seals.TellGoing(SearchKey.Of(found));
    }

    /// <summary>The ids of the condemned keys.</summary>
    public IReadOnlySet<long> Ids(DbTransaction? transaction) =>
        seals.Retired(All(transaction).Select(static one => one.Id));

    /// <summary>
    /// Erases the condemned keys, after all records that go with them are out of the tables; false where it must be
    /// done again, for the keys' file may still hold their bytes.
    /// </summary>
    public bool Erase()
    {
        bool isDone = true;
        session.Exclusively(() =>
        {
            (long Id, SearchKey Person)[] condemned = [.. session.Read(() => All(null))];
            if (condemned.Length == 0)
            {
                return;
            }

            IReadOnlySet<long> ids = seals.Retired(condemned.Select(static one => one.Id));
            foreach (SearchKey person in condemned.Select(static one => one.Person).Distinct())
            {
                session.Write(transaction => SealAgain(transaction, person, ids));
            }

            isDone = seals.Erase(ids);
            if (isDone)
            {
                // Of a key that is lost, or comes from an older file, the row stays until the key is retired there.
                session.Write(transaction =>
                {
                    foreach ((long id, _) in condemned.Where(one => seals.IsErased(one.Id)))
                    {
                        remove.Run(transaction, id);
                    }
                });
            }
        });
        return isDone;
    }

    public void Dispose()
    {
        PreparedStatement[] statements = [add, all, remove, holders, find, write];
        foreach (PreparedStatement statement in statements)
        {
            statement.Dispose();
        }

        attachments.Dispose();
    }

    private void SealAgain(DbTransaction transaction, SearchKey person, IReadOnlySet<long> ids)
    {
        seals.TellGoing(person);
        HashSet<string> actors = new(StringComparer.Ordinal);
        foreach (long sequence in Holders(transaction, person))
        {
            StoredRow row = rows.Single(find.Rows(transaction, sequence))!.Value;
            if (row.Record is not { IsReadable: true } record)
            {
                continue;
            }

            // One that came later is under another key, and may have an attachment by an earlier one's bytes.
            actors.Add(record.ActorKey);
            if (row.KeyId is { } key && ids.Contains(key))
            {
                write.Run(transaction, RecordContent.Of(record).SealFor(seals, record), sequence);
            }
        }

        foreach (string actor in actors)
        {
            attachments.SealAgain(transaction, actor, ids);
        }
    }

    private List<long> Holders(DbTransaction transaction, SearchKey person)
    {
        List<long> found = [];
        using DbDataReader row = holders.Rows(transaction, person.ToArray());
        while (row.Read())
        {
            found.Add(row.GetInt64(0));
        }

        return found;
    }

    private List<(long Id, SearchKey Person)> All(DbTransaction? transaction)
    {
        List<(long, SearchKey)> found = [];
        using DbDataReader row = all.Rows(transaction);
        while (row.Read())
        {
            found.Add((row.GetInt64(0), SearchKey.Of(row.GetFieldValue<byte[]>(1))));
        }

        return found;
    }

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(session.Connection, sql, parameters);
}
