using System.Data.Common;
using System.Security.Cryptography;
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

    // Ids of records hold no line break.
    private const string GoneId = "\nerased ";

    private static readonly SearchKey GoneKey = SearchKey.Of(SearchKind.Erased, string.Empty);

    private readonly StoreSession session;
    private readonly StatementIndex index;
    private readonly PreparedStatement find;
    private readonly PreparedStatement blank;
    private readonly PreparedStatement dequeue;
    private readonly PreparedStatement mark;
    private readonly PreparedStatement keys;
    private readonly PreparedStatement targets;
    private readonly PreparedStatement contents;
    private readonly PreparedStatement attachment;
    private readonly PreparedStatement documents;
    private readonly PreparedStatement names;
    private readonly PreparedStatement name;
    private readonly PreparedStatement gone;
    private readonly PreparedStatement agents;
    private readonly PreparedStatement definitions;
    private readonly PreparedStatement holder;

    public RecordEraser(StoreSession session, StatementIndex index)
    {
        this.session = session;
        this.index = index;
        int erased = (int)RecordState.Erased;
        find = Prepare(
            $"SELECT {RecordRow.Columns} FROM records r WHERE r.key_version = @version AND r.hashed_id = @hashed",
            "@version", "@hashed");
        blank = Prepare(
            $"""
            UPDATE records SET id = @id, actor = '', verb = '', time_ms = 0, authority = '', committed = @content,
                salt = @salt, state = {erased}, refusal = NULL, version = '', voided = 1
            WHERE sequence = @sequence
            """,
            "@id", "@content", "@salt", "@sequence");
        dequeue = Prepare("DELETE FROM outbox WHERE sequence = @sequence", "@sequence");
        mark = Prepare(
            "INSERT INTO search_keys (key, holder, origin) VALUES (@key, @holder, @origin) ON CONFLICT DO NOTHING",
            "@key", "@holder", "@origin");
        string doomed = $"(SELECT sequence FROM records WHERE state = {erased})";
        keys = Prepare(
            $"DELETE FROM search_keys WHERE key <> @key AND (holder IN {doomed} OR origin IN {doomed})", "@key");
        targets = Prepare($"DELETE FROM statement_targets WHERE source IN {doomed}");
        contents = Prepare(
            $"SELECT committed FROM records WHERE type = @type AND state <> {erased}", "@type");
        attachment = Prepare("DELETE FROM attachments WHERE digest = @digest", "@digest");
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
        agents = Prepare("SELECT agent FROM documents WHERE agent <> '' UNION SELECT agent FROM agent_names");
    }

    /// <summary>What is gone from the store, by locator.</summary>
    public IReadOnlyList<RecordLocator> Gone() => session.Read<IReadOnlyList<RecordLocator>>(() =>
    {
        List<RecordLocator> found = [];
        using DbDataReader rows = gone.Rows(null, GoneKey.ToArray());
        while (rows.Read())
        {
            found.Add(new RecordLocator(
                checked((uint)rows.GetInt64(0)), HashedId.Read(rows.GetFieldValue<byte[]>(1))));
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
            for (int at = 0; at < outcomes.Length; at++)
            {
                StoredRecord? record = RecordRow
                    .ReadAll(find.Rows(transaction, (long)locators[at].KeyVersion, locators[at].Id.ToArray()))
                    .SingleOrDefault();
                outcomes[at] = OutcomeOf(record);
                if (outcomes[at] == ErasingOutcome.Removed)
                {
                    doomed.Add(record!);
                }
            }

            Erase(transaction, doomed);
            index.Forget();
            return outcomes;
        });
    }

    /// <summary>Erases the documents and names of accounts, and notes that this was done for an order.</summary>
    public void EraseAccounts(IEnumerable<string> actorKeys, string order)
    {
        session.Write(transaction =>
        {
            foreach (string actorKey in actorKeys)
            {
                documents.Run(transaction, actorKey);
                names.Run(transaction, actorKey);
            }

            mark.Run(transaction, KeyOf(order), 0L, 0L);
        });

        // What is remembered as written down is not there any more.
        index.Forget();
    }

    /// <summary>Whether this database has seen the accounts of an order erased; an older one has not.</summary>
    public bool HasErasedAccounts(string order) => session.Read(() => holder.Scalar(null, KeyOf(order)) is not null);

    /// <summary>Accounts of which there are documents or names.</summary>
    public IReadOnlyList<string> Accounts() => session.Read<IReadOnlyList<string>>(() =>
    {
        List<string> found = [];
        using DbDataReader rows = agents.Rows(null);
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    });

    public void Dispose()
    {
        PreparedStatement[] all =
        [
            find, blank, dequeue, mark, keys, targets, contents, attachment, documents, names, gone, agents,
            name, definitions, holder,
        ];
        foreach (PreparedStatement statement in all)
        {
            statement.Dispose();
        }
    }

    private static ErasingOutcome OutcomeOf(StoredRecord? record) => record?.State switch
    {
        null => ErasingOutcome.Absent,
        RecordState.Submitted => ErasingOutcome.InBatch,
        RecordState.Stored or RecordState.Anchored or RecordState.Refused => ErasingOutcome.Removed,
        RecordState.Erased => ErasingOutcome.Gone,
        _ => throw new InvalidOperationException("a record state without a name"),
    };

    private void Erase(DbTransaction transaction, List<StoredRecord> doomed)
    {
        if (doomed.Count == 0)
        {
            return;
        }

        StatementFacts[] facts = [.. doomed.Where(IsStatement).Select(FactsOf)];
        foreach (StoredRecord record in doomed)
        {
            // In the place of the salt stands a number of no record: two stores still differ by it.
            blank.Run(
                transaction,
                GoneId + Convert.ToHexStringLower(record.HashedId.ToArray()),
                Array.Empty<byte>(),
                RandomNumberGenerator.GetBytes(RecordCommitment.SaltBytes),
                record.Sequence);
            dequeue.Run(transaction, record.Sequence);
            mark.Run(transaction, GoneKey.ToArray(), record.Sequence, record.Sequence);
        }

        keys.Run(transaction, GoneKey.ToArray());
        targets.Run(transaction);
        EraseAttachments(transaction, [.. facts.SelectMany(one => one.Attachments).Select(one => one.Digest)]);
        EraseTold(transaction, facts);
    }

    private static bool IsStatement(StoredRecord record) => record.Type == RecordType.XapiStatement;

    private static StatementFacts FactsOf(StoredRecord record) =>
        StatementFactsReader.Read(JsonTree.Parse(record.Committed.Span).Root, record.Version);

    // Who else has told a name is not written down: it goes, and comes back with the next statement that tells it. An
    // activity that no other statement is found by, none other has told of.
    private void EraseTold(DbTransaction transaction, IReadOnlyList<StatementFacts> facts)
    {
        foreach (SeenName told in facts.SelectMany(one => one.Names).Distinct())
        {
            name.Run(transaction, told.Agent, told.Name);
        }

        foreach (string activity in facts.SelectMany(one => one.Activities).Select(one => one.Id).Distinct())
        {
            if (!IsFound(transaction, SearchKind.Activity, activity)
                && !IsFound(transaction, SearchKind.RelatedActivity, activity))
            {
                definitions.Run(transaction, activity);
            }
        }
    }

    private bool IsFound(DbTransaction transaction, SearchKind kind, string text) =>
        holder.Scalar(transaction, SearchKey.Of(kind, text).ToArray()) is not null;

    // An attachment is kept once for all statements that name it, and goes with the last of them. Few statements have
    // one, so that no table says which.
    private void EraseAttachments(DbTransaction transaction, HashSet<string> digests)
    {
        if (digests.Count == 0)
        {
            return;
        }

        using (DbDataReader rows = contents.Rows(transaction, (long)RecordType.XapiStatement))
        {
            while (digests.Count > 0 && rows.Read())
            {
                string content = System.Text.Encoding.UTF8.GetString(rows.GetFieldValue<byte[]>(0));
                digests.RemoveWhere(digest => content.Contains(digest, StringComparison.OrdinalIgnoreCase));
            }
        }

        foreach (string digest in digests)
        {
            attachment.Run(transaction, Convert.FromHexString(digest));
        }
    }

    private static byte[] KeyOf(string order) => SearchKey.Of(SearchKind.ErasureOrder, order).ToArray();

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(session.Connection, sql, parameters);
}
