using System.Buffers.Binary;
using System.Data.Common;
using Ledger.Node.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Sealing;

/// <summary>
/// Copies of the file of keys: made while a node writes to it, looked at, and put back. In all of them keys are wrapped
/// as they are in the file.
/// </summary>
public static class KeyFileCopies
{
    private const string Unfinished = ".unfinished";
    private const string Restoring = ".restoring";

    private static readonly string[] Suffixes = ["-wal", "-shm", "-journal", ""];

    /// <summary>
    /// Copies a file of keys as it is at this moment, also from under a node that runs; on return the copy is on disk,
    /// whole, for its owner alone, and one file.
    /// </summary>
    /// <exception cref="IOException">There is something already, or the disk fails.</exception>
    public static KeyFileFacts Copy(string from, string to)
    {
        KeyFileFacts facts = FactsOf(from);
        string unfinished = to + Unfinished;
        File.Delete(unfinished);
        using (SqliteConnection source = RecordDatabase.OpenReader(from))
        using (SqliteConnection target = OpenNew(unfinished))
        {
            source.BackupDatabase(target);
            RecordDatabase.Execute(target, "PRAGMA journal_mode = DELETE");
        }

        using (FileStream written = new(unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            written.Flush(flushToDisk: true);
        }

        File.Move(unfinished, to, overwrite: false);
        return facts;
    }

    /// <summary>What a file says of itself, without any secret.</summary>
    /// <exception cref="SealingKeysException">It is no file of keys.</exception>
    public static KeyFileFacts FactsOf(string path)
    {
        try
        {
            using SqliteConnection connection = RecordDatabase.OpenReader(path);
            byte[] id = (byte[])RecordDatabase.Scalar(connection, null, "SELECT id FROM about")!;
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT id FROM keys";
            using DbDataReader rows = command.ExecuteReader();
            HashSet<long> ids = [];
            while (rows.Read())
            {
                ids.Add(rows.GetInt64(0));
            }

            return new KeyFileFacts(BinaryPrimitives.ReadUInt128BigEndian(id), ids);
        }
        catch (SqliteException problem)
        {
            throw new SealingKeysException($"{path} is no file of keys, or cannot be read: {problem.Message}");
        }
    }

    /// <summary>Opens each key of a file, or of a copy of it, which stays as it is.</summary>
    /// <exception cref="SealingKeysException">It belongs to another secret, or is no file of keys.</exception>
    /// <exception cref="SealDamagedException">A key is damaged.</exception>
    public static KeyFileFacts Check(string path, RecordsKey key)
    {
        // Elsewhere: a copy may lie where nothing can be written.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ledger-keys-");
        try
        {
            return CopyWhole(path, Path.Combine(folder.FullName, PersonKeys.FileName), key);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Puts a copy back for a stopped node. Where its file is there, and opens, it gets the keys that it lacks and the
    /// copy has, and keeps its own. Where it is another file, or no file any more, it is set aside, and the copy takes
    /// its place.
    /// </summary>
    /// <param name="from">The copy.</param>
    /// <param name="path">The node's file.</param>
    /// <param name="key">The institution's secret.</param>
    /// <param name="erased">What was erased: of it nothing comes back into a file that is there.</param>
    /// <exception cref="SealingKeysException">The copy belongs to another secret, or is no file of keys.</exception>
    /// <exception cref="SealDamagedException">A key of the copy is damaged. Nothing was changed.</exception>
    public static RestoredKeys Restore(string from, string path, RecordsKey key, IErasedKeys erased)
    {
        string whole = path + Restoring;
        Delete(whole);
        try
        {
            KeyFileFacts copy = CopyWhole(from, whole, key);
            if (File.Exists(path))
            {
                if (TryAdd(whole, copy, path, key, erased) is { } added)
                {
                    return new RestoredKeys(null, added);
                }

                string aside = SetAside(path);
                File.Move(whole, path);
                return new RestoredKeys(aside, copy.Ids.Count);
            }

            File.Move(whole, path);
            return new RestoredKeys(null, copy.Ids.Count);
        }
        finally
        {
            Delete(whole);
        }
    }

    // With its log: a kill may have left one, which must never be read into another file.
    private static void Delete(string path)
    {
        foreach (string suffix in Suffixes)
        {
            File.Delete(path + suffix);
        }
    }

    // Copies a file, and opens each key of the copy.
    private static KeyFileFacts CopyWhole(string from, string to, RecordsKey key)
    {
        Copy(from, to);
        KeyFileFacts facts = FactsOf(to);
        using (PersonKeyFile file = new(to, key))
        {
            foreach (long id in facts.Ids)
            {
                file.Load(id)?.Dispose();
            }
        }

        return facts;
    }

    // Null for a file that is damaged as a whole, or another one: it is set aside.
    private static int? TryAdd(string whole, KeyFileFacts copy, string path, RecordsKey key, IErasedKeys erased)
    {
        try
        {
            if (FactsOf(path).FileId != copy.FileId)
            {
                return null;
            }

            using PersonKeyFile file = new(path, key);
            return file.Adopt(whole, [.. copy.Ids.Where(id => !erased.HasKey(id) && !file.IsWhole(id))]);
        }
        catch (Exception problem) when (problem is SealingKeysException or SqliteException or RecordStoreException)
        {
            return null;
        }
    }

    // With its log, which must never be read into another file.
    private static string SetAside(string path)
    {
        int number = 1;
        while (File.Exists(FormattableString.Invariant($"{path}.replaced-{number}")))
        {
            number++;
        }

        string aside = FormattableString.Invariant($"{path}.replaced-{number}");
        foreach (string suffix in Suffixes.Where(one => File.Exists(path + one)))
        {
            File.Move(path + suffix, aside + suffix);
        }

        return aside;
    }

    private static SqliteConnection OpenNew(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream created = new(path, options))
        {
        }

        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false,
        };
        SqliteConnection connection = new(settings.ToString());
        connection.Open();
        return connection;
    }
}
