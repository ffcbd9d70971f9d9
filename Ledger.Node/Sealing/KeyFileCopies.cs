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
            string looked = Path.Combine(folder.FullName, PersonKeys.FileName);
            KeyFileFacts facts = Copy(path, looked);
            using PersonKeyFile file = new(looked, key);
            foreach (long id in facts.Ids)
            {
                file.Load(id)?.Dispose();
            }

            return facts;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Puts a copy in the place of the file of a stopped node; what stood there is set aside under the name that is
    /// returned, or null where there was nothing.
    /// </summary>
    /// <exception cref="SealingKeysException">
    /// The file that is there has keys that the copy lacks: what rests under them would be lost.
    /// </exception>
    public static string? Restore(string from, string path, RecordsKey key)
    {
        KeyFileFacts copy = Check(from, key);
        string? aside = null;
        if (File.Exists(path))
        {
            RequireNothingNewer(path, copy, key);
            aside = SetAside(path);
        }

        Copy(from, path);
        return aside;
    }

    private static void RequireNothingNewer(string path, KeyFileFacts copy, RecordsKey key)
    {
        if (TryCheck(path, key) is { } there
            && there.FileId == copy.FileId
            && !there.Ids.IsSubsetOf(copy.Ids))
        {
            throw new SealingKeysException(
                $"{path} is whole, and has {there.Ids.Count(id => !copy.Ids.Contains(id))} keys that the copy lacks. "
                + "Nothing was changed: what rests under them would be lost. To go back all the same, move the file "
                + "away first.");
        }
    }

    // Null for a file that is damaged or another's: it is set aside, and nothing is lost that would open.
    private static KeyFileFacts? TryCheck(string path, RecordsKey key)
    {
        try
        {
            return Check(path, key);
        }
        catch (Exception problem) when (problem is SealDamagedException or SealingKeysException or SqliteException)
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
        foreach (string suffix in new[] { "-wal", "-shm", "-journal", "" }.Where(one => File.Exists(path + one)))
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
