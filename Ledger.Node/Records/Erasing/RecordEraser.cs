using System.Data.Common;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Takes content, salt, id, account, times and indexes of records out of the tables, and what they alone have told of
/// agents and activities. What stays of a record is its
/// number, its locator and its place on the ledger, so that nothing takes its number or comes in again under its id.
/// </summary>
internal sealed class RecordEraser : IDisposable
{
    /// <summary>Records of one transaction: the indexes are gone through once for all of them.</summary>
    public const int BatchMax = 10_000;

    private readonly StoreSession session;
    private readonly StoreSeals seals;
    private readonly StatementIndex index;
    private readonly SearchKey goneKey;
    private readonly RecordRows rows;
    private readonly CondemnedKeys condemned;
    private readonly AttachmentTable attachments;
    private readonly ToldEraser told;
    private readonly PreparedStatement find;
    private readonly PreparedStatement blank;
    private readonly PreparedStatement dequeue;
    private readonly PreparedStatement mark;
    private readonly PreparedStatement keys;
    private readonly PreparedStatement targets;
    private readonly PreparedStatement records;
    private readonly PreparedStatement documents;
    private readonly PreparedStatement names;
    private readonly PreparedStatement gone;
    private readonly PreparedStatement holder;

    public RecordEraser(StoreSession session, StoreSeals seals, StatementIndex index)
    {
        this.session = session;
        this.seals = seals;
        this.index = index;
        goneKey = seals.KeyOf(SearchKind.Erased, string.Empty);
        rows = new RecordRows(seals);
        condemned = new CondemnedKeys(session, seals);
        attachments = new AttachmentTable(session.Connection, seals);
        told = new ToldEraser(session, seals);
        int erased = (int)RecordState.Erased;
        find = Prepare(
            $"SELECT {RecordRows.Columns} FROM records r WHERE r.key_version = @version AND r.hashed_id = @hashed",
            "@version", "@hashed");
        blank = Prepare(
            $"""
            UPDATE records SET id = NULL, actor = @nothing, verb = @nothing, content = @nothing, state = {erased},
                voided = 1
            WHERE sequence = @sequence
            """,
            "@nothing", "@sequence");
        dequeue = Prepare("DELETE FROM outbox WHERE sequence = @sequence", "@sequence");
        mark = Prepare(
            "INSERT INTO search_keys (key, holder, origin) VALUES (@key, @holder, @origin) ON CONFLICT DO NOTHING",
            "@key", "@holder", "@origin");
        string doomed = $"(SELECT sequence FROM records WHERE state = {erased})";
        keys = Prepare(
            $"DELETE FROM search_keys WHERE key <> @key AND (holder IN {doomed} OR origin IN {doomed})", "@key");
        targets = Prepare($"DELETE FROM statement_targets WHERE source IN {doomed}");
        records = Prepare(
            $"""
            SELECT {RecordRows.Columns} FROM search_keys k CROSS JOIN records r
            WHERE k.key = @key AND r.sequence = k.holder ORDER BY k.holder
            """,
            "@key");
        documents = Prepare("DELETE FROM documents WHERE agent = @agent", "@agent");
        names = Prepare("DELETE FROM agent_names WHERE agent = @agent", "@agent");
        gone = Prepare(
            """
            SELECT r.key_version, r.hashed_id FROM search_keys k CROSS JOIN records r
            WHERE k.key = @key AND r.sequence = k.holder
            """,
            "@key");
        holder = Prepare("SELECT holder FROM search_keys WHERE key = @key LIMIT 1", "@key");
    }

    /// <summary>What is gone from the store, by locator.</summary>
    public IReadOnlyList<RecordLocator> Gone() => session.Read<IReadOnlyList<RecordLocator>>(() =>
    {
        List<RecordLocator> found = [];
        using DbDataReader row = gone.Rows(null, goneKey.ToArray());
        while (row.Read())
        {
            found.Add(new RecordLocator(
                checked((uint)row.GetInt64(0)), HashedId.Read(row.GetFieldValue<byte[]>(1))));
        }

        return found;
    });

    /// <summary>
    /// Erases records in one transaction, <see cref="BatchMax"/> at most; what became of each, in order.
    /// </summary>
    public IReadOnlyList<ErasingOutcome> Erase(IReadOnlyList<RecordLocator> locators)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(locators.Count, BatchMax);
        return session.Write<IReadOnlyList<ErasingOutcome>>(transaction =>
        {
            ErasingOutcome[] outcomes = new ErasingOutcome[locators.Count];
            Dictionary<int, StoredRecord> doomed = [];
            IReadOnlySet<long> going = condemned.Ids(transaction);
            for (int at = 0; at < outcomes.Length; at++)
            {
                StoredRow? row = rows.Single(
                    find.Rows(transaction, (long)locators[at].KeyVersion, locators[at].Id.ToArray()));
                outcomes[at] = OutcomeOf(row, going);
                if (outcomes[at] is ErasingOutcome.Removed or ErasingOutcome.RemovedWithKey)
                {
                    doomed.Add(at, row!.Value.Record);
                }
            }

            Erase(transaction, doomed.Values);
            foreach (int at in EraseTold(transaction, doomed))
            {
                outcomes[at] = ErasingOutcome.Removed;
            }

            index.Forget();
            return outcomes;
        });
    }

    /// <summary>
    /// Erases the documents and names of accounts, condemns their keys, and notes that this was done for an order.
    /// </summary>
    public void EraseAccounts(IEnumerable<string> actorKeys, string order) => session.Write(transaction =>
    {
        foreach (string actorKey in actorKeys)
        {
            documents.Run(transaction, seals.KeyOf(SearchKind.DocumentAgent, actorKey).ToArray());
            names.Run(transaction, seals.KeyOf(SearchKind.NamedAgent, actorKey).ToArray());
            condemned.Add(transaction, actorKey);
        }

        mark.Run(transaction, SearchKey.OfOrder(order).ToArray(), 0L, 0L);

        // What is remembered as written down is not there any more.
        index.Forget();
    });

    /// <summary>Erases the condemned keys; see <see cref="CondemnedKeys.Erase"/>.</summary>
    public bool EraseKeys() => condemned.Erase();

    /// <summary>Whether this database has seen the accounts of an order erased; an older one has not.</summary>
    public bool HasErasedAccounts(string order) =>
        session.Read(() => holder.Scalar(null, SearchKey.OfOrder(order).ToArray()) is not null);

    /// <summary>See <see cref="ToldEraser.EraseUntold"/>.</summary>
    public bool EraseUntold(Action beforeErasing)
    {
        bool isDone = told.EraseUntold(beforeErasing);
        session.Exclusively(index.Forget);
        return isDone;
    }

    public void Dispose()
    {
        PreparedStatement[] all =
        [
            find, blank, dequeue, mark, keys, targets, records, documents, names, gone, holder,
        ];
        foreach (PreparedStatement statement in all)
        {
            statement.Dispose();
        }

        condemned.Dispose();
        attachments.Dispose();
        told.Dispose();
    }

    private static ErasingOutcome OutcomeOf(StoredRow? row, IReadOnlySet<long> going)
    {
        if (row is not { } found)
        {
            return ErasingOutcome.Absent;
        }

        // Of a damaged one nobody knows under which key it stands.
        bool goesWithKey = !found.Record.IsDamaged && (found.Record.State == RecordState.Erased
            || (found.KeyId is { } key && going.Contains(key)));
        return found.State switch
        {
            RecordState.Submitted => ErasingOutcome.InBatch,
            RecordState.Stored or RecordState.Anchored or RecordState.Refused =>
                goesWithKey ? ErasingOutcome.RemovedWithKey : ErasingOutcome.Removed,
            RecordState.Erased => ErasingOutcome.Gone,
            _ => throw new InvalidOperationException("a record state without a name"),
        };
    }

    private void Erase(DbTransaction transaction, IReadOnlyCollection<StoredRecord> doomed)
    {
        if (doomed.Count == 0)
        {
            return;
        }

        foreach (StoredRecord record in doomed)
        {
            blank.Run(transaction, Array.Empty<byte>(), record.Sequence);
            dequeue.Run(transaction, record.Sequence);
            mark.Run(transaction, goneKey.ToArray(), record.Sequence, record.Sequence);
        }

        keys.Run(transaction, goneKey.ToArray());
        targets.Run(transaction);
    }

    // Gives those that told something that was there beside them, under a key that lives on: files hold it until they
    // are written anew, though the record's own key goes.
    private List<int> EraseTold(DbTransaction transaction, IReadOnlyDictionary<int, StoredRecord> doomed)
    {
        List<int> found = [];
        Dictionary<string, HashSet<string>> attached = new(StringComparer.Ordinal);
        foreach ((int at, StoredRecord record) in doomed)
        {
            if (IsStatement(record))
            {
                StatementFacts facts = ToldEraser.FactsOf(record);
                attached.TryAdd(record.ActorKey, new HashSet<string>(StringComparer.Ordinal));
                attached[record.ActorKey].UnionWith(facts.Attachments.Select(static one => one.Digest));
                if (told.Erase(transaction, facts))
                {
                    found.Add(at);
                }
            }
            else if (!record.IsReadable)
            {
                told.NoteUntold(transaction);
            }
        }

        foreach ((string actor, HashSet<string> digests) in attached)
        {
            EraseAttachments(transaction, actor, digests);
        }

        return found;
    }

    private static bool IsStatement(StoredRecord record) =>
        record.Type == RecordType.XapiStatement && record.IsReadable;

    // Whoever has an attachment has it by a statement of theirs that names it, and loses it with the last of these.
    // An account may have more records than fit in memory: they are read until each attachment is found again.
    private void EraseAttachments(DbTransaction transaction, string actor, HashSet<string> digests)
    {
        if (digests.Count == 0)
        {
            return;
        }

        byte[] key = seals.KeyOf(SearchKind.ListedActor, actor).ToArray();
        foreach (StoredRecord other in rows.Each(records.Rows(transaction, key)))
        {
            if (IsStatement(other))
            {
                digests.ExceptWith(ToldEraser.FactsOf(other).Attachments.Select(static one => one.Digest));
            }

            if (digests.Count == 0)
            {
                return;
            }
        }

        foreach (string digest in digests)
        {
            attachments.Remove(transaction, seals.KeyOf(SearchKind.Attachment, digest), actor);
        }
    }

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(session.Connection, sql, parameters);
}
