using Ledger.Node.Storage;

namespace Ledger.Node.Tests.Support;

/// <summary>A database in a folder of its own, which is closed and opened as a node's would be.</summary>
internal sealed class DatabaseFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("node-test-").FullName;

    public DatabaseFolder() => Database = LedgerDatabase.Open(Data);

    public LedgerDatabase Database { get; private set; }

    public string Data => Path.Combine(folder, "data");

    /// <summary>Closes the database and opens it again.</summary>
    public LedgerDatabase Reopen()
    {
        Database.Dispose();
        Database = LedgerDatabase.Open(Data);
        return Database;
    }

    /// <summary>Writes one value behind the node's back.</summary>
    public void Put(string column, byte[] key, byte[] value)
    {
        using DatabaseBatch batch = Database.NewBatch();
        batch.Put(column, key, value);
        Database.Write(batch, synced: true);
    }

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
