using System.Text;

namespace RocksDbSharp.Tests;

/// <summary>Gives each test a folder of its own, and deletes it after.</summary>
public abstract class DatabaseTest
{
    private protected string Folder { get; private set; } = string.Empty;

    private protected string DatabasePath => Path.Combine(Folder, "database");

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("rocksdbsharp-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);

    private protected static DbOptions NewOptions() =>
        new DbOptions().SetCreateIfMissing().SetCreateMissingColumnFamilies();

    private protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private protected RocksDb OpenDatabase() => RocksDb.Open(NewOptions(), DatabasePath);

    private protected RocksDb OpenDatabase(params string[] families)
    {
        ColumnFamilies list = [];
        foreach (string family in families)
        {
            list.Add(family, new ColumnFamilyOptions());
        }

        return RocksDb.Open(NewOptions(), DatabasePath, list);
    }
}
