using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>A store of its own for each test, on one of the backends.</summary>
public abstract class StoreFixture(StoreKind kind)
{
    private StoreBench? bench;
    private RecordStore? store;

    private protected StoreKind Kind => kind;

    private protected StoreBench Bench => bench!;

    private protected RecordStore Store => store!;

    [SetUp]
    public void OpenStore()
    {
        bench = new StoreBench(kind);
        store = bench.Open();
    }

    [TearDown]
    public void CloseStore()
    {
        store?.Dispose();
        bench?.Dispose();
    }

    /// <summary>Closes the store and opens it again.</summary>
    private protected void OpenAgain()
    {
        Store.Dispose();
        store = Bench.Open();
    }
}
