using Ledger.Devnet;
using Microsoft.Data.Sqlite;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>Reaches behind a node's back into the file of its learning record store.</summary>
public static class StoredBytes
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(10);

    /// <summary>Stands in every statement of these tests, in the address of its object.</summary>
    private static ReadOnlySpan<byte> Before => "/mod/page/"u8;

    /// <summary>Turns one bit of one byte of a stored record; doing it twice undoes it.</summary>
    public static void Flip(DevnetNode node, string recordId)
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
        read.CommandText = "SELECT committed FROM records WHERE id = $id";
        read.Parameters.AddWithValue("$id", recordId);
        byte[] content = (byte[])read.ExecuteScalar()!;
        int place = content.AsSpan().IndexOf(Before);
        Assert.That(place, Is.Positive);
        content[place + Before.Length] ^= 1;
        using SqliteCommand write = connection.CreateCommand();
        write.CommandText = "UPDATE records SET committed = $committed WHERE id = $id";
        write.Parameters.AddWithValue("$id", recordId);
        write.Parameters.AddWithValue("$committed", content);
        Assert.That(write.ExecuteNonQuery(), Is.EqualTo(1));
    }
}
