using System.Data.Common;
using System.Globalization;

namespace Ledger.Node.Records;

/// <summary>
/// What older formats left in clear. It is sealed before the store opens, a page in a transaction that takes it out of
/// the old tables: a stop in the middle loses one page of work. At the end the old tables go, and all files are written
/// anew, so that none holds what was in clear.
/// </summary>
internal static class SealingBacklog
{
    /// <summary>The tables in clear are there.</summary>
    private const long InClear = 1;

    /// <summary>All is sealed; files may still hold what was in clear.</summary>
    private const long Unscrubbed = 2;

    private static readonly string[] PlainTables =
    [
        "plain_outbox", "plain_batch_records", "plain_records", "plain_activities", "plain_names", "plain_documents",
        "plain_attachments", "backlog",
    ];

    /// <summary>Seals all of it.</summary>
    public static void WorkOff(
        StoreSession session, IRecordBackend backend, StoreSeals seals, IProgress<SealingProgress> progress)
    {
        if (Stage(session) == InClear)
        {
            long left = Left(session);
            if (left > 0)
            {
                using PlainRows rows = new(session, seals, new PageCount(left, progress));
                rows.SealAll();
            }

            Finish(session);
        }

        if (Stage(session) == Unscrubbed && session.Read(() => backend.Scrub(session.Connection)))
        {
            session.Write(transaction =>
                RecordDatabase.Execute(session.Connection, transaction, "DELETE FROM sealing_backlog"));
        }
    }

    /// <summary>
    /// Ends the sealing of a store that has nothing to seal; throws <see cref="RecordStoreException"/> where there is
    /// something, and the keys are needed.
    /// </summary>
    public static void RequireNone(StoreSession session, IRecordBackend backend)
    {
        if (Stage(session) == InClear && Left(session) == 0)
        {
            Finish(session);
        }

        if (Stage(session) is not null)
        {
            throw new RecordStoreException(
                $"The records in {backend.Name} are of an older format, in clear. Start the node once, so that it "
                + "seals them with its keys, and move them after that.");
        }
    }

    // A store in which nothing was ever sealed is a new one: no file of it holds anything in clear.
    private static void Finish(StoreSession session) => session.Write(transaction =>
    {
        bool isNew = RecordSchema.Tables.All(
            table => table.Name is "sealing_keys" or "locator_keys" || Count(session, transaction, table.Name) == 0);
        foreach (string table in PlainTables)
        {
            RecordDatabase.Execute(session.Connection, transaction, $"DROP TABLE {table}");
        }

        RecordDatabase.Execute(
            session.Connection,
            transaction,
            isNew
                ? "DELETE FROM sealing_backlog"
                : FormattableString.Invariant($"UPDATE sealing_backlog SET stage = {Unscrubbed}"));
    });

    private static long? Stage(StoreSession session) => session.Read(
        () => (long?)RecordDatabase.Scalar(session.Connection, null, "SELECT stage FROM sealing_backlog"));

    private static long Left(StoreSession session) => session.Read(() => PlainRows.Tables.Sum(
        table => Count(session, null, table.Name)));

    private static long Count(StoreSession session, DbTransaction? transaction, string table) => Convert.ToInt64(
        RecordDatabase.Scalar(session.Connection, transaction, $"SELECT count(*) FROM {table}"),
        CultureInfo.InvariantCulture);
}
