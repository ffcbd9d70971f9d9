using BenchmarkDotNet.Attributes;
using Ledger.Node.Storage;

namespace Ledger.Parts;

/// <summary>The store of blocks: synced batches of small values. Figures are of a whole batch.</summary>
public class StoreBenchmark
{
    private const int KeyBytes = 32;
    private const int ValueBytes = 256;

    private readonly Random random = new(1);
    private readonly string folder = Directory.CreateTempSubdirectory("parts-store-").FullName;
    private LedgerDatabase? database;
    private byte[] written = [];

    /// <summary>Values of a batch.</summary>
    [Params(1, 100, 1_000)]
    public int Puts { get; set; }

    /// <summary>Opens a store, and writes what is read.</summary>
    [GlobalSetup]
    public void Open()
    {
        database = LedgerDatabase.Open(Path.Combine(folder, "data"));
        WriteSynced();
    }

    /// <summary>Removes its files.</summary>
    [GlobalCleanup]
    public void Remove()
    {
        database!.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Writes a batch and waits until it is on disk.</summary>
    [Benchmark]
    public int WriteSynced()
    {
        using DatabaseBatch batch = database!.NewBatch();
        byte[] value = new byte[ValueBytes];
        for (int put = 0; put < Puts; put++)
        {
            written = new byte[KeyBytes];
            random.NextBytes(written);
            batch.Put(LedgerColumns.Locators, written, value);
        }

        database.Write(batch, synced: true);
        return batch.Count;
    }

    /// <summary>Reads a value that was written last.</summary>
    [Benchmark]
    public byte[]? ReadLast() => database!.Get(LedgerColumns.Locators, written);
}
