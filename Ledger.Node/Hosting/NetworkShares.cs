using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Ledger.Node.Hosting;

/// <summary>
/// A share of a port's connections for each network that calls, so that one cannot take all. Thread-safe.
/// </summary>
public sealed class NetworkShares(int share)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, int> counts = [];

    /// <summary>
    /// Serves a connection from its beginning to its end, or closes it where its network has its share.
    /// </summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        IPAddress network = PeerGate.NetworkOf((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (!TryEnter(network))
        {
            connection.Abort(new ConnectionAbortedException("too many connections from one address"));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(network);
        }
    }

    private bool TryEnter(IPAddress network)
    {
        lock (gate)
        {
            int count = counts.GetValueOrDefault(network);
            if (count >= share)
            {
                return false;
            }

            counts[network] = count + 1;
            return true;
        }
    }

    private void Leave(IPAddress network)
    {
        lock (gate)
        {
            int left = counts[network] - 1;
            if (left == 0)
            {
                counts.Remove(network);
            }
            else
            {
                counts[network] = left;
            }
        }
    }
}
