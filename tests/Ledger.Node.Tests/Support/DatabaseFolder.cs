using Ledger.Node.Sealing;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Sealing;

namespace Ledger.Node.Tests.Support;

/// <summary>A database in a folder of its own, which is closed and opened as a node's would be.</summary>
internal sealed class DatabaseFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("node-test-").FullName;

    private readonly KeyFolder keyFolder = new();
    private PersonKeys? keys;

    public DatabaseFolder() => Database = LedgerDatabase.Open(Data);

    public LedgerDatabase Database { get; private set; }

    /// <summary>The keys of all that is in the database; their file lies elsewhere.</summary>
    public PersonKeys Keys => keys ??= keyFolder.Open();

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
        keys?.Dispose();
        keyFolder.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
