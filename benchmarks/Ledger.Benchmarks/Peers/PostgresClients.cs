using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Peers;

/// <summary>Clients with a connection each, as PostgreSQL's clients have.</summary>
public sealed class PostgresClients : IPeerClients
{
    private readonly PostgresWriter[] writers;

    private PostgresClients(PostgresWriter[] writers)
    {
        this.writers = writers;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ILoadClient> All => writers;

    /// <summary>Opens them one after the other.</summary>
    public static async Task<PostgresClients> OpenAsync(
        string connection, int clients, ulong seed, CancellationToken cancellation)
    {
        List<PostgresWriter> writers = [];
        try
        {
            for (int place = 0; place < clients; place++)
            {
                writers.Add(await PostgresWriter.OpenAsync(
                    connection, new PeerValues(seed, place), cancellation));
            }

            return new PostgresClients([.. writers]);
        }
        catch
        {
            await new PostgresClients([.. writers]).DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (PostgresWriter writer in writers)
        {
            await writer.DisposeAsync();
        }
    }
}
