using System.Data.Common;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>Writes a store of the third format, which kept everything in clear.</summary>
internal static class PlainStore
{
    private const long ThirdFormat = 3;

    private static readonly string[] RecordColumns =
    [
        "sequence", "type", "id", "actor", "verb", "time_ms", "stored_ms", "authority", "committed", "salt",
        "commitment", "key_version", "hashed_id", "state", "refusal", "version", "voided",
    ];

    private static readonly string[] DocumentColumns =
        ["kind", "activity", "agent", "registration", "id", "content_type", "content", "updated_ms"];

    /// <summary>
    /// Records in the order of their numbers, from 1 on: all wait, but for those that are named as refused or as part
    /// of a signed batch. Names, documents and attachments beside them; the mark of an order that was done.
    /// </summary>
    public static void Write(IRecordBackend backend, PlainContent content)
    {
        using DbConnection connection = backend.OpenWriter();
        using (DbTransaction made = connection.BeginTransaction())
        {
            backend.Version(connection, made);
            for (int step = 0; step < ThirdFormat; step++)
            {
                RecordDatabase.Execute(connection, made, backend.Translate(RecordSchema.Steps[step]));
                backend.SetVersion(connection, made, step + 1);
            }

            made.Commit();
        }

        using DbTransaction transaction = connection.BeginTransaction();
        Insert(
            connection, transaction, "records", RecordColumns,
            content.Records.Select((one, at) => Row(one, at, content)));
        Insert(
            connection, transaction, "outbox", ["sequence"],
            Enumerable.Range(1, content.Records.Count).Where(number => !content.IsOut(number))
                .Select(static number => new object?[] { (long)number }));
        Insert(
            connection, transaction, "signed_batches", ["transaction_id", "bytes", "last_valid_ms"],
            content.Batch.Count == 0 ? [] : [[new byte[32], new byte[] { 1, 2, 3 }, 5_000L]]);
        Insert(
            connection, transaction, "signed_batch_records", ["sequence", "transaction_id"],
            content.Batch.Select(static number => new object?[] { (long)number, new byte[32] }));
        Insert(
            connection, transaction, "agent_names", ["agent", "name"],
            content.Names.Select(static name => new object?[] { name.Agent, name.Name }));
        Insert(
            connection, transaction, "activities", ["id", "definition"],
            content.Activities.Select(static one => new object?[] { one.Id, one.Definition.ToArray() }));
        Insert(
            connection, transaction, "documents", DocumentColumns,
            content.Documents.Select(static one => new object?[]
            {
                (long)one.Scope.Kind, one.Scope.Activity, one.Scope.Agent, one.Scope.Registration, one.Id, "text/plain",
                one.Content, 4_000L,
            }));
        Insert(
            connection, transaction, "attachments", ["digest", "content"],
            content.Attachments.Select(static one => new object?[] { one.Digest.ToArray(), one.Content.ToArray() }));
        Insert(
            connection, transaction, "search_keys", ["key", "holder", "origin"],
            content.Orders.Select(static order => new object?[] { SearchKey.OfOrder(order).ToArray(), 0L, 0L }));
        transaction.Commit();
    }

    private static object?[] Row(IntakeRecord record, int at, PlainContent content)
    {
        byte[] salt = RecordCommitment.FreshSalt();
        int number = at + 1;
        RecordState state = content.Refused.Contains(number) ? RecordState.Refused
            : content.Batch.Contains(number) ? RecordState.Submitted
            : RecordState.Stored;
        return
        [
            (long)number, (long)record.Type, record.Id, record.ActorKey, record.VerbIri,
            record.Time.ToUnixTimeMilliseconds(), 1_000L * number, "moodle", record.Committed.ToArray(), salt,
            RecordCommitment.Compute(record.Record, salt).ToArray(), 1L, StoreFolder.Key().Hash(record.Id).ToArray(),
            (long)state, state == RecordState.Refused ? "CONFLICT" : null, record.Facts?.Version ?? string.Empty, 0L,
        ];
    }

    private static void Insert(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows)
    {
        using RowInserter inserter = new(connection, table, columns, string.Empty);
        inserter.Insert(transaction, [.. rows.SelectMany(static row => row)]);
    }
}
