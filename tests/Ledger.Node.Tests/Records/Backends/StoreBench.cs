using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>An empty database of a kind, in which stores are opened one after the other.</summary>
internal sealed class StoreBench : IDisposable
{
    private readonly StoreFolder folder = new();
    private readonly StoreKind kind;
    private readonly string connection;

    public StoreBench(StoreKind kind)
    {
        this.kind = kind;
        connection = kind == StoreKind.Postgres ? Databases.Postgres().NewDatabase() : string.Empty;
    }

    public ManualClock Clock => folder.Clock;

    public IRecordBackend Backend() => kind switch
    {
        StoreKind.Sqlite => new SqliteBackend(folder.File),
        StoreKind.Postgres => new PostgresBackend(connection),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public RecordStore Open() => new(Backend(), StoreFolder.Key(), Clock);

    /// <summary>Breaks the connections of the server; of PostgreSQL alone.</summary>
    public void BreakConnections() => Databases.Postgres().BreakConnections(connection);

    public void Dispose() => folder.Dispose();
}
