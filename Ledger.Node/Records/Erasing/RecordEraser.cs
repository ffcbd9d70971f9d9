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
    private readonly PreparedStatement find;
    private readonly PreparedStatement blank;
    private readonly PreparedStatement dequeue;
    private readonly PreparedStatement mark;
    private readonly PreparedStatement keys;
    private readonly PreparedStatement targets;
    private readonly PreparedStatement records;
    private readonly PreparedStatement documents;
    private readonly PreparedStatement names;
    private readonly PreparedStatement name;
    private readonly PreparedStatement gone;
    private readonly PreparedStatement definitions;
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
            WHERE k.key = @key AND r.sequence = k.holder
            """,
            "@key");
        documents = Prepare("DELETE FROM documents WHERE agent = @agent", "@agent");
        names = Prepare("DELETE FROM agent_names WHERE agent = @agent", "@agent");
        name = Prepare("DELETE FROM agent_names WHERE agent = @agent AND name = @name", "@agent", "@name");
        gone = Prepare(
            """
            SELECT r.key_version, r.hashed_id FROM search_keys k CROSS JOIN records r
            WHERE k.key = @key AND r.sequence = k.holder
            """,
            "@key");
        definitions = Prepare("DELETE FROM activities WHERE id = @id", "@id");
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
            List<StoredRecord> doomed = [];
            IReadOnlySet<long> going = condemned.Ids(transaction);
            for (int at = 0; at < outcomes.Length; at++)
            {
                StoredRow? row = rows.Single(
                    find.Rows(transaction, (long)locators[at].KeyVersion, locators[at].Id.ToArray()));
                outcomes[at] = OutcomeOf(row, going);
                if (outcomes[at] is ErasingOutcome.Removed or ErasingOutcome.RemovedWithKey)
                {
                    doomed.Add(row!.Value.Record);
                }
            }

            Erase(transaction, doomed);
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

    /// <summary>Accounts of which there are documents or names that can be opened.</summary>
    public IReadOnlyList<string> Accounts() => session.Read(() => AccountTexts.Read(session.Connection, seals));

    public void Dispose()
    {
        PreparedStatement[] all =
        [
            find, blank, dequeue, mark, keys, targets, records, documents, names, gone, name, definitions, holder,
        ];
        foreach (PreparedStatement statement in all)
        {
            statement.Dispose();
        }

        condemned.Dispose();
        attachments.Dispose();
    }

    private static ErasingOutcome OutcomeOf(StoredRow? row, IReadOnlySet<long> going)
    {
        if (row is not { } found)
        {
            return ErasingOutcome.Absent;
        }

        bool goesWithKey = found.Record.State == RecordState.Erased
            || (found.KeyId is { } key && going.Contains(key));
        return found.State switch
        {
            RecordState.Submitted => ErasingOutcome.InBatch,
            RecordState.Stored or RecordState.Anchored or RecordState.Refused =>
                goesWithKey ? ErasingOutcome.RemovedWithKey : ErasingOutcome.Removed,
            RecordState.Erased => ErasingOutcome.Gone,
            _ => throw new InvalidOperationException("a record state without a name"),
        };
    }

    private void Erase(DbTransaction transaction, List<StoredRecord> doomed)
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

        // Of what nobody opens any more nobody knows what it told.
        (string Actor, StatementFacts Facts)[] told =
            [.. doomed.Where(IsStatement).Select(static one => (one.ActorKey, FactsOf(one)))];
        foreach (IGrouping<string, StatementFacts> actor in told.GroupBy(
            static one => one.Actor, static one => one.Facts, StringComparer.Ordinal))
        {
            EraseAttachments(
                transaction, actor.Key, [.. actor.SelectMany(one => one.Attachments).Select(one => one.Digest)]);
        }

        EraseTold(transaction, [.. told.Select(static one => one.Facts)]);
    }

    private static bool IsStatement(StoredRecord record) =>
        record.Type == RecordType.XapiStatement && record.State != RecordState.Erased;

    private static StatementFacts FactsOf(StoredRecord record) =>
        StatementFactsReader.Read(JsonTree.Parse(record.Committed.Span).Root, record.Version);

    // Who else has told a name is not written down: it goes, and comes back with the next statement that tells it. An
    // activity that no other statement is found by, none other has told of.
    private void EraseTold(DbTransaction transaction, IReadOnlyList<StatementFacts> facts)
    {
        foreach (SeenName told in facts.SelectMany(one => one.Names).Distinct())
        {
            name.Run(
                transaction,
                seals.KeyOf(SearchKind.NamedAgent, told.Agent).ToArray(),
                seals.KeyOf(SearchKind.AgentName, told.Name).ToArray());
        }

        foreach (string activity in facts.SelectMany(one => one.Activities).Select(one => one.Id).Distinct())
        {
            if (!IsFound(transaction, SearchKind.Activity, activity)
                && !IsFound(transaction, SearchKind.RelatedActivity, activity))
            {
                definitions.Run(transaction, seals.KeyOf(SearchKind.DefinedActivity, activity).ToArray());
            }
        }
    }

    private bool IsFound(DbTransaction transaction, SearchKind kind, string text) =>
        holder.Scalar(transaction, seals.KeyOf(kind, text).ToArray()) is not null;

    // Whoever has an attachment has it by a statement of theirs that names it, and loses it with the last of these.
    private void EraseAttachments(DbTransaction transaction, string actor, HashSet<string> digests)
    {
        if (digests.Count == 0)
        {
            return;
        }

        byte[] key = seals.KeyOf(SearchKind.ListedActor, actor).ToArray();
        foreach (StoredRecord other in rows.ReadAll(records.Rows(transaction, key)).Where(IsStatement))
        {
            digests.ExceptWith(FactsOf(other).Attachments.Select(static one => one.Digest));
        }

        foreach (string digest in digests)
        {
            attachments.Remove(transaction, seals.KeyOf(SearchKind.Attachment, digest), actor);
        }
    }

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(session.Connection, sql, parameters);
}
