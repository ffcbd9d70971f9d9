using System.Diagnostics;
using Ledger.Benchmarks.Load;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Benchmarks.Peers;

/// <summary>Inserts one row after the other by a prepared statement, each in a transaction of its own.</summary>
public sealed class PostgresWriter : ILoadClient, IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlCommand insert;
    private readonly PeerValues values;

    private PostgresWriter(NpgsqlConnection connection, NpgsqlCommand insert, PeerValues values)
    {
        this.connection = connection;
        this.insert = insert;
        this.values = values;
    }

    /// <summary>Opens a connection.</summary>
    public static async Task<PostgresWriter> OpenAsync(
        string connectionText, PeerValues values, CancellationToken cancellation)
    {
        NpgsqlConnection connection = new(connectionText);
        await connection.OpenAsync(cancellation);
        NpgsqlCommand insert = new("INSERT INTO entries (key, value) VALUES ($1, $2)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea },
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea },
            },
        };
        await insert.PrepareAsync(cancellation);
        return new PostgresWriter(connection, insert, values);
    }

    /// <inheritdoc/>
    public async ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation)
    {
        (byte[] key, byte[] value) = values.Next();
        insert.Parameters[0].Value = key;
        insert.Parameters[1].Value = value;
        try
        {
            await insert.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException failure)
        {
            throw new BenchmarkException($"PostgreSQL did not take a row: {failure.Message}");
        }

        return new LoadAnswer(LoadEnd.Done, Stopwatch.GetTimestamp(), 1, 0);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await insert.DisposeAsync();
        await connection.DisposeAsync();
    }
}
