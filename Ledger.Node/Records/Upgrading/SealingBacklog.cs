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

    /// <summary>Seals all of it; a database that was just made has none of it, and no file to write anew.</summary>
    public static void WorkOff(
        StoreSession session,
        IRecordBackend backend,
        StoreSeals seals,
        bool isNew,
        IProgress<SealingProgress> progress,
        ILogger logger)
    {
        if (Stage(session) == InClear)
        {
            long left = Left(session);
            if (left > 0)
            {
                using PlainRows rows = new(session, seals, new PageCount(left, progress));
                rows.SealAll();
            }

            Finish(session, isNew);
        }

        try
        {
            Scrub(session, backend);
        }
        catch (DbException problem)
        {
            // All is sealed, and a full disk keeps nobody from their records: the next start tries it again.
            logger.LogError(
                problem,
                "the records are sealed, and what was in clear is in unused parts of files until they can be written "
                + "anew, at the next start: {Message}",
                problem.Message);
        }
    }

    /// <summary>
    /// Ends the sealing of a store that has nothing to seal; throws <see cref="RecordStoreException"/> where there is
    /// something, and the keys are needed.
    /// </summary>
    public static void RequireNone(StoreSession session, IRecordBackend backend, bool isNew)
    {
        if (Stage(session) == InClear && Left(session) == 0)
        {
            Finish(session, isNew);
            Scrub(session, backend);
        }

        if (Stage(session) is not null)
        {
            throw new RecordStoreException(
                $"The records in {backend.Name} are of an older format, in clear. Start the node once, so that it "
                + "seals them with its keys, and move them after that.");
        }
    }

    // Empty tables of an older format tell nothing of what was deleted from them, in clear.
    private static void Finish(StoreSession session, bool isNew) => session.Write(transaction =>
    {
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

    private static void Scrub(StoreSession session, IRecordBackend backend)
    {
        if (Stage(session) == Unscrubbed && session.Read(() => backend.Scrub(session.Connection)))
        {
            session.Write(transaction =>
                RecordDatabase.Execute(session.Connection, transaction, "DELETE FROM sealing_backlog"));
        }
    }

    private static long? Stage(StoreSession session) => session.Read(
        () => (long?)RecordDatabase.Scalar(session.Connection, null, "SELECT stage FROM sealing_backlog"));

    private static long Left(StoreSession session) => session.Read(() => PlainRows.Tables.Sum(
        table => Convert.ToInt64(
            RecordDatabase.Scalar(session.Connection, null, $"SELECT count(*) FROM {table.Name}"),
            CultureInfo.InvariantCulture)));
}
