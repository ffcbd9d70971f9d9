using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>Brings a database to the format that this program reads, a step at a time.</summary>
internal static class RecordMigrations
{
    /// <summary>
    /// Makes the tables, or changes them; each step is one transaction. Throws <see cref="RecordStoreException"/> for a
    /// format that is newer than this program. True of a database that had none: no file of it ever held anything.
    /// </summary>
    public static bool Apply(StoreSession session, IRecordBackend backend)
    {
        bool isNew = session.Write(transaction => backend.Version(session.Connection, transaction) == 0);
        while (session.Write(transaction => Step(session.Connection, transaction, backend)))
        {
        }

        return isNew;
    }

    private static bool Step(DbConnection connection, DbTransaction transaction, IRecordBackend backend)
    {
        long found = backend.Version(connection, transaction);
        if (found is < 0 or > RecordSchema.Version)
        {
            throw new RecordStoreException(
                $"The record store in {backend.Name} has format {found}; this program reads "
                + $"{RecordSchema.Version} and older ones. Use the version that wrote it.");
        }

        if (found == RecordSchema.Version)
        {
            return false;
        }

        RecordDatabase.Execute(connection, transaction, backend.Translate(RecordSchema.Steps[(int)found]));
        backend.SetVersion(connection, transaction, found + 1);
        return true;
    }
}
