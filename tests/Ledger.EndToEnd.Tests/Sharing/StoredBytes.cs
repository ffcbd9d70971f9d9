using Ledger.Devnet;
using Microsoft.Data.Sqlite;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>Reaches behind a node's back into the file of its learning record store.</summary>
public static class StoredBytes
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(10);

    /// <summary>Turns one bit of one byte of what a stored record is sealed in; doing it twice undoes it.</summary>
    public static void Flip(DevnetNode node, ReadOnlySpan<byte> commitment)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = Path.Combine(node.Home, "records", "records.sqlite"),
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)LockLimit.TotalSeconds,
        };
        using SqliteConnection connection = new(settings.ToString());
        connection.Open();
        using SqliteCommand read = connection.CreateCommand();
        read.CommandText = "SELECT content FROM records WHERE commitment = $commitment";
        read.Parameters.AddWithValue("$commitment", commitment.ToArray());
        byte[] content = (byte[])read.ExecuteScalar()!;
        content[content.Length / 2] ^= 1;
        using SqliteCommand write = connection.CreateCommand();
        write.CommandText = "UPDATE records SET content = $content WHERE commitment = $commitment";
        write.Parameters.AddWithValue("$commitment", commitment.ToArray());
        write.Parameters.AddWithValue("$content", content);
        Assert.That(write.ExecuteNonQuery(), Is.EqualTo(1));
    }
}
