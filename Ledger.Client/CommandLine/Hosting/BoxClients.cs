using Ledger.Client.Nodes;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>Clients of institutions' boxes, each found once.</summary>
internal sealed class BoxClients(Session session) : IDisposable
{
    private readonly Dictionary<Address, LedgerClient?> clients = [];

    /// <summary>A client of an institution's box; null where the ledger names none that can be checked.</summary>
    public async Task<LedgerClient?> FindAsync(Address institution, CancellationToken cancellation)
    {
        if (!clients.TryGetValue(institution, out LedgerClient? client))
        {
            client = await BoxFinder.FindAsync(session, institution, cancellation).ConfigureAwait(false);
            clients[institution] = client;
        }

        return client;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LedgerClient? client in clients.Values)
        {
            client?.Dispose();
        }
    }
}
