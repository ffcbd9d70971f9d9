using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Records.Privacy;

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

    /// <summary>What the stores have told.</summary>
    public CollectedLog Log { get; } = new();

    public ManualClock Clock => folder.Clock;

    public PersonKeys Keys => folder.Keys;

    /// <summary>The folder of the files; of SQLite.</summary>
    public StoreFolder Folder => folder;

    public IRecordBackend Backend() => kind switch
    {
        StoreKind.Sqlite => new SqliteBackend(folder.File),
        StoreKind.Postgres => new PostgresBackend(connection),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public RecordStore Open() => Open(Keys);

    /// <summary>Under other keys.</summary>
    public RecordStore Open(PersonKeys under) => Open(under, new SealingSteps());

    /// <summary>The same, and tells how the sealing of an older store goes.</summary>
    public RecordStore Open(PersonKeys under, IProgress<SealingProgress> progress) =>
        new(Backend(), under, StoreFolder.Key(), Clock, progress, Log.CreateLogger("store"));

    /// <summary>Breaks the connections of the server; of PostgreSQL alone.</summary>
    public void BreakConnections() => Databases.Postgres().BreakConnections(connection);

    public void Dispose() => folder.Dispose();
}
