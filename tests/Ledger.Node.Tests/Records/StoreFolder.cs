using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Sealing;

namespace Ledger.Node.Tests.Records;

/// <summary>A folder of its own for the files of one test's store.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("records-test-").FullName;

    private readonly KeyFolder keyFolder = new();
    private PersonKeys? keys;

    public ManualClock Clock { get; } = new();

    /// <summary>The keys of all stores of this test, open until its end; their file lies elsewhere.</summary>
    public PersonKeys Keys => keys ??= keyFolder.Open();

    /// <summary>The file of the keys.</summary>
    public string KeyFile => keyFolder.File;

    public string File => Path.Combine(folder, "records.db");

    public static LocatorKey Key(uint version = 1, byte fill = 7)
    {
        byte[] secret = new byte[LocatorKey.Size];
        Array.Fill(secret, fill);
        return new LocatorKey(version, secret);
    }

    public RecordStore Open() => Open(Key());

    public RecordStore Open(LocatorKey key) => new(File, Keys, key, Clock);

    /// <summary>Copies the files as a power cut would leave them.</summary>
    public string CopyOfFiles()
    {
        string copy = Path.Combine(folder, "copy");
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(folder).Where(
            file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            System.IO.File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        }

        return Path.Combine(copy, "records.db");
    }

    public void Dispose()
    {
        keys?.Dispose();
        keyFolder.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
