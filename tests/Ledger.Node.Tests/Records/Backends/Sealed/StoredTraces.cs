using System.Data.Common;
using System.Text;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>Searches all that a store has on disk, byte by byte.</summary>
internal static class StoredTraces
{
    /// <summary>
    /// What of some marks is found: in the files of SQLite, and on either database in the values of all tables.
    /// </summary>
    public static IReadOnlyList<string> Find(StoreBench bench, IReadOnlyList<(string Name, byte[] Bytes)> marks)
    {
        List<(string Where, byte[] Bytes)> places = [.. Values(bench.Backend())];
        places.AddRange(Directory.GetFiles(Path.GetDirectoryName(bench.Folder.File)!).Select(
            static file => (Path.GetFileName(file), ReadAll(file))));
        return
        [
            .. from place in places
               from mark in marks
               where place.Bytes.AsSpan().IndexOf(mark.Bytes) >= 0
               select $"{place.Where} holds {mark.Name}",
        ];
    }

    private static IEnumerable<(string Where, byte[] Bytes)> Values(IRecordBackend backend)
    {
        using DbConnection reader = backend.OpenReader();
        foreach (RecordTable table in RecordSchema.Tables)
        {
            using DbCommand command = reader.CreateCommand();
            command.CommandText = $"SELECT {string.Join(", ", table.Columns)} FROM {table.Name}";
            using DbDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                for (int column = 0; column < row.FieldCount; column++)
                {
                    yield return ($"{table.Name}.{table.Columns[column]}", row.GetValue(column) switch
                    {
                        byte[] bytes => bytes,
                        string text => Encoding.UTF8.GetBytes(text),
                        _ => [],
                    });
                }
            }
        }
    }

    private static byte[] ReadAll(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
