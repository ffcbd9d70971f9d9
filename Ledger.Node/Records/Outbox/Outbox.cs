using System.Data.Common;
using Ledger.Primitives;

namespace Ledger.Node.Records;

/// <summary>
/// The records on their way to the ledger. A record is in the outbox, or in one signed batch, or settled: each step is
/// one synced transaction. Signed bytes are stored before they are first sent.
/// </summary>
public sealed class Outbox
{
    /// <summary>The most records of one page: more than fit in a transaction.</summary>
    public const int PageMax = 1000;

    private readonly StoreSession session;
    private readonly StoreSeals seals;
    private readonly RecordRows rows;
    private readonly WaitingRecords waiting;
    private readonly PreparedStatement dequeue;
    private readonly PreparedStatement enqueue;
    private readonly PreparedStatement setState;
    private readonly PreparedStatement settle;
    private readonly PreparedStatement find;
    private readonly PreparedStatement setContent;
    private readonly PreparedStatement insertBatch;
    private readonly PreparedStatement insertMember;
    private readonly PreparedStatement batches;
    private readonly PreparedStatement members;
    private readonly PreparedStatement deleteMembers;
    private readonly PreparedStatement deleteBatch;

    internal Outbox(StoreSession session, StoreSeals seals)
    {
        this.session = session;
        this.seals = seals;
        rows = new RecordRows(seals);
        waiting = new WaitingRecords(session.Connection, seals);
        dequeue = Prepare("DELETE FROM outbox WHERE sequence = @sequence", "@sequence");
        enqueue = Prepare("INSERT INTO outbox (sequence) VALUES (@sequence)", "@sequence");
        setState = Prepare("UPDATE records SET state = @state WHERE sequence = @sequence", "@state", "@sequence");
        settle = Prepare(
            """
            UPDATE records SET state = @state, height = @height, llpc = @llpc, writer_index = @index, late = @late
            WHERE sequence = @sequence
            """,
            "@state", "@height", "@llpc", "@index", "@late", "@sequence");
        find = Prepare(
            $"SELECT {RecordRows.Columns} FROM records r WHERE r.sequence = @sequence", "@sequence");
        setContent = Prepare(
            "UPDATE records SET content = @content WHERE sequence = @sequence", "@content", "@sequence");
        insertBatch = Prepare(
            "INSERT INTO signed_batches (transaction_id, bytes, last_valid_ms) VALUES (@id, @bytes, @last)",
            "@id", "@bytes", "@last");
        insertMember = Prepare(
            "INSERT INTO signed_batch_records (sequence, transaction_id) VALUES (@sequence, @id)", "@sequence", "@id");
        batches = Prepare(
            "SELECT transaction_id, bytes, last_valid_ms FROM signed_batches ORDER BY last_valid_ms, transaction_id");
        members = Prepare(
            "SELECT sequence FROM signed_batch_records WHERE transaction_id = @id ORDER BY sequence", "@id");
        deleteMembers = Prepare("DELETE FROM signed_batch_records WHERE transaction_id = @id", "@id");
        deleteBatch = Prepare("DELETE FROM signed_batches WHERE transaction_id = @id", "@id");
    }

    /// <summary>
    /// The records that wait, beyond a sequence number and in the order of intake, at most <see cref="PageMax"/>.
    /// Records of learners who are not enrolled yet stay: the caller goes on to the next page. Records whose key was
    /// erased do not wait any more; damaged ones are passed over.
    /// </summary>
    public IReadOnlyList<StoredRecord> Pending(long afterSequence, int limit)
    {
        RequireLimit(limit);
        return session.Read(() => waiting.Records(afterSequence, limit));
    }

    /// <summary>Whose records wait, as <see cref="Pending"/> but without reading the records.</summary>
    public IReadOnlyList<PendingKey> PendingKeys(long afterSequence, int limit)
    {
        RequireLimit(limit);
        return session.Read(() => waiting.Keys(afterSequence, limit));
    }

    /// <summary>The same page, grouped by actor and verb, in the order of each group's first record.</summary>
    public IReadOnlyList<PendingGroup> PendingGroups(long afterSequence, int limit) =>
        [.. Pending(afterSequence, limit)
            .GroupBy(record => (record.ActorKey, record.VerbIri))
            .Select(group => new PendingGroup(group.Key.ActorKey, group.Key.VerbIri, [.. group]))];

    /// <summary>
    /// Stores a signed batch; only after this returns may its bytes be sent. Throws
    /// <see cref="InvalidOperationException"/>, and stores nothing, when one of its records does not wait in the
    /// outbox.
    /// </summary>
    public void StoreBatch(SignedBatch batch)
    {
        session.Write(transaction =>
        {
            byte[] id = batch.TransactionId.ToArray();
            insertBatch.Run(transaction, id, batch.Bytes.ToArray(), batch.LastValid.ToUnixTimeMilliseconds());
            foreach (long sequence in batch.Sequences)
            {
                if (dequeue.Run(transaction, sequence) != 1)
                {
                    throw new InvalidOperationException($"Record {sequence} does not wait in the outbox.");
                }

                insertMember.Run(transaction, sequence, id);
                setState.Run(transaction, (int)RecordState.Submitted, sequence);
            }
        });
    }

    /// <summary>
    /// The batches that are not settled, the one that expires first in front: what to send after a restart.
    /// </summary>
    public IReadOnlyList<SignedBatch> OpenBatches() => session.Read<IReadOnlyList<SignedBatch>>(() =>
    {
        List<(byte[] Id, byte[] Bytes, DateTimeOffset LastValid)> open = [];
        using (DbDataReader rows = batches.Rows(null))
        {
            while (rows.Read())
            {
                DateTimeOffset lastValid = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2));
                open.Add((rows.GetFieldValue<byte[]>(0), rows.GetFieldValue<byte[]>(1), lastValid));
            }
        }

        return
        [
            .. open.Select(
                batch => new SignedBatch(new Hash256(batch.Id), batch.Bytes, batch.LastValid, Members(null, batch.Id))),
        ];
    });

    /// <summary>
    /// Writes down what a certified block did with a batch, and forgets its bytes. Throws
    /// <see cref="InvalidOperationException"/>, and changes nothing, unless there is one outcome for each record of it.
    /// </summary>
    public void Settle(Hash256 transactionId, IReadOnlyList<RecordOutcome> outcomes)
    {
        session.Write(transaction =>
        {
            byte[] id = transactionId.ToArray();
            IReadOnlyList<long> expected = Members(transaction, id);
            deleteMembers.Run(transaction, id);
            bool wasOpen = deleteBatch.Run(transaction, id) == 1;
            if (!wasOpen || !expected.SequenceEqual(outcomes.Select(outcome => outcome.Sequence).Order()))
            {
                throw new InvalidOperationException("There must be one outcome for each record of an open batch.");
            }

            foreach (RecordOutcome outcome in outcomes)
            {
                Write(transaction, outcome);
            }
        });
    }

    /// <summary>
    /// Settles waiting records that can never be part of a batch. Throws <see cref="InvalidOperationException"/>, and
    /// changes nothing, when one of them does not wait in the outbox.
    /// </summary>
    public void Refuse(IReadOnlyList<long> sequences, string code)
    {
        session.Write(transaction =>
        {
            foreach (long sequence in sequences)
            {
                if (dequeue.Run(transaction, sequence) != 1)
                {
                    throw new InvalidOperationException($"Record {sequence} does not wait in the outbox.");
                }

                Write(transaction, RecordOutcome.Refused(sequence, code));
            }
        });
    }

    /// <summary>
    /// Puts the records of a batch back into the outbox, to be signed anew. Only when no block can hold it any more:
    /// after a certified block past its last valid time that does not hold it, or when its form is one that no node
    /// takes. Throws <see cref="InvalidOperationException"/> when no such batch is open.
    /// </summary>
    public void Release(Hash256 transactionId)
    {
        session.Write(transaction =>
        {
            byte[] id = transactionId.ToArray();
            IReadOnlyList<long> sequences = Members(transaction, id);
            deleteMembers.Run(transaction, id);
            if (deleteBatch.Run(transaction, id) != 1)
            {
                throw new InvalidOperationException("No such batch is open.");
            }

            foreach (long sequence in sequences)
            {
                enqueue.Run(transaction, sequence);
                setState.Run(transaction, (int)RecordState.Stored, sequence);
            }
        });
    }

    internal void Close()
    {
        PreparedStatement[] all =
        [
            dequeue, enqueue, setState, settle, find, setContent, insertBatch, insertMember, batches, members,
            deleteMembers, deleteBatch,
        ];
        session.Close([.. all, waiting]);
    }

    private static void RequireLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageMax);
    }

    private IReadOnlyList<long> Members(DbTransaction? transaction, byte[] id)
    {
        List<long> sequences = [];
        using DbDataReader rows = members.Rows(transaction, id);
        while (rows.Read())
        {
            sequences.Add(rows.GetInt64(0));
        }

        return sequences;
    }

    private void Write(DbTransaction transaction, RecordOutcome outcome)
    {
        RecordState state = outcome.Place is null ? RecordState.Refused : RecordState.Anchored;
        settle.Run(
            transaction,
            (int)state,
            outcome.Place is null ? null : checked((long)outcome.Place.Height),
            outcome.Place?.Llpc.ToArray(),
            outcome.Place is null ? null : checked((long)outcome.Place.WriterIndex),
            outcome.Place is { IsLate: true } ? 1L : 0L,
            outcome.Sequence);
        if (outcome.RefusalCode is { } code)
        {
            WriteRefusal(transaction, outcome.Sequence, code);
        }
    }

    // Why a record was refused is its owner's: it stands with the rest that is sealed.
    private void WriteRefusal(DbTransaction transaction, long sequence, string code)
    {
        if (rows.Single(find.Rows(transaction, sequence)) is { Record: { IsReadable: true } record })
        {
            RecordContent content = RecordContent.Of(record) with { RefusalCode = code };
            setContent.Run(transaction, content.SealFor(seals, record), sequence);
        }
    }

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(session.Connection, sql, parameters);
}
