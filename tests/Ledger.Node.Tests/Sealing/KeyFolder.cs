using Ledger.Node.Sealing;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Sealing;

/// <summary>A folder of its own for one test's file of keys.</summary>
internal sealed class KeyFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("keys-test-").FullName;
    private readonly List<RecordsKey> secrets = [];

    public string File => Path.Combine(folder, "record-keys.sqlite");

    public RecordsKey Secret(byte fill = 7)
    {
        byte[] bytes = new byte[RecordsKey.Size];
        Array.Fill(bytes, fill);
        RecordsKey made = new(bytes);
        secrets.Add(made);
        return made;
    }

    public PersonKeys Open() => new(File, Secret());

    public PersonKeys Open(string file) => new(file, Secret());

    /// <summary>Copies the file and its log, as a power cut would leave them.</summary>
    public string CopyOfFiles()
    {
        string copy = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        foreach (string file in Files())
        {
            System.IO.File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return Path.Combine(copy, Path.GetFileName(File));
    }

    /// <summary>Whether the file, its log, or another file of the folder holds these bytes.</summary>
    public static bool Holds(string file, byte[] bytes) => HoldsIn(Path.GetDirectoryName(file)!, bytes);

    /// <summary>Whether a file of a folder or below holds these bytes.</summary>
    public static bool HoldsIn(string folder, ReadOnlySpan<byte> bytes)
    {
        // Marks that a folder is in use are empty, and locked.
        foreach (string one in Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(static file => new FileInfo(file).Length > 0))
        {
            using FileStream file = new(one, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] content = new byte[file.Length];
            file.ReadExactly(content);
            if (content.AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every wrapped key of a file, by its id.</summary>
    public static Dictionary<long, byte[]> Wrapped(string file)
    {
        using SqliteConnection connection = Connect(file);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, wrapped FROM keys";
        using SqliteDataReader rows = command.ExecuteReader();
        Dictionary<long, byte[]> found = [];
        while (rows.Read())
        {
            found.Add(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
        }

        return found;
    }

    /// <summary>Changes the file as another hand would.</summary>
    public static void Change(string file, string sql, params (string Name, object Value)[] values)
    {
        using SqliteConnection connection = Connect(file);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    public static SqliteConnection Connect(string file)
    {
        SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        foreach (RecordsKey secret in secrets)
        {
            secret.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private string[] Files() =>
        [.. Directory.GetFiles(folder).Where(static file => !file.EndsWith("-shm", StringComparison.Ordinal))];
}
