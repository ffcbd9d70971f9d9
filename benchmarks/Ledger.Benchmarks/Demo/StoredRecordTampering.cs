using Microsoft.Data.Sqlite;

namespace Ledger.Benchmarks.Demo;

/// <summary>
/// Changes one byte of a record in a school's record store, behind the node's back, and puts it right again. What the
/// record says is sealed there: whoever has the file alone finds its row by its commitment, and no letter in it.
/// </summary>
public sealed class StoredRecordTampering(string databasePath, string commitment)
{
    private byte[]? original;

    /// <summary>Flips the lowest bit of one byte within the stored record; answers the place.</summary>
    public int Change()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand read = connection.CreateCommand();
        read.CommandText = "SELECT content FROM records WHERE commitment = $commitment";
        read.Parameters.AddWithValue("$commitment", Convert.FromHexString(commitment));
        original = (byte[])read.ExecuteScalar()!;
        byte[] changed = [.. original];
        int place = changed.Length / 2;
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
        write.CommandText = "UPDATE records SET content = $bytes WHERE commitment = $commitment";
        write.Parameters.AddWithValue("$bytes", bytes);
        write.Parameters.AddWithValue("$commitment", Convert.FromHexString(commitment));
        if (write.ExecuteNonQuery() != 1)
        {
            throw new BenchmarkException($"the record of commitment {commitment} is not in {databasePath}");
        }
    }
}
