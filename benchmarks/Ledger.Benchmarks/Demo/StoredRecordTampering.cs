using Microsoft.Data.Sqlite;

namespace Ledger.Benchmarks.Demo;

/// <summary>
/// Changes one byte of a record in a school's record store, behind the node's back, and puts it right again.
/// </summary>
public sealed class StoredRecordTampering(string databasePath, string recordId)
{
    private byte[]? original;

    /// <summary>Flips the lowest bit of one letter within the stored record; answers the place.</summary>
    public int Change()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand read = connection.CreateCommand();
        read.CommandText = "SELECT committed FROM records WHERE id = $id";
        read.Parameters.AddWithValue("$id", recordId);
        original = (byte[])read.ExecuteScalar()!;
        byte[] changed = [.. original];
        int place = Array.FindLastIndex(changed, letter => letter is >= (byte)'a' and <= (byte)'y');
        changed[place] ^= 1;
        Write(connection, changed);
        return place;
    }

    /// <summary>Writes the original bytes back.</summary>
    public void Restore()
    {
        using SqliteConnection connection = Open();
        Write(connection, original ?? throw new InvalidOperationException("nothing was changed"));
    }

    private SqliteConnection Open()
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = databasePath,
            Pooling = false,
            DefaultTimeout = 10,
        }.ToString());
        connection.Open();
        return connection;
    }

    private void Write(SqliteConnection connection, byte[] bytes)
    {
        using SqliteCommand write = connection.CreateCommand();
        write.CommandText = "UPDATE records SET committed = $bytes WHERE id = $id";
        write.Parameters.AddWithValue("$bytes", bytes);
        write.Parameters.AddWithValue("$id", recordId);
        if (write.ExecuteNonQuery() != 1)
        {
            throw new BenchmarkException($"record {recordId} is not in {databasePath}");
        }
    }
}
