using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Ledger.Node.Hosting;

/// <summary>
/// Web servers that stand before a port and are believed when they say for whom they ask. All connections come from
/// them, so they have no share of a network; and whom they name counts as the caller where callers are counted.
/// </summary>
internal sealed class TrustedProxies
{
    private readonly IPNetwork[] networks;
    private readonly NetworkShares shares;

    /// <summary>Takes what the settings name, and the connections that one network may have.</summary>
    public TrustedProxies(IReadOnlyList<string> named, int connectionsOfNetworkMax)
    {
        networks = [.. named.Select(static one => TryRead(one, out IPNetwork network)
            ? network
            : throw new ArgumentException($"'{one}' is neither an address nor a network.", nameof(named)))];
        shares = new NetworkShares(connectionsOfNetworkMax);
    }

    /// <summary>Reads an address, or a network as 10.1.0.0/16.</summary>
    public static bool TryRead(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
        {
            return true;
        }

        bool isAddress = IPAddress.TryParse(text, out IPAddress? address);
        network = isAddress ? new IPNetwork(address!, address!.GetAddressBytes().Length * 8) : default;
        return isAddress;
    }

    /// <summary>
    /// Takes the caller of a request from X-Forwarded-For where a trusted server sent it: the last one there who is not
    /// trusted too. Before everything that looks at the caller.
    /// </summary>
    public void Use(IApplicationBuilder application)
    {
        if (networks.Length == 0)
        {
            return;
        }

        ForwardedHeadersOptions options = new()
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (IPNetwork network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        application.UseForwardedHeaders(options);
    }

    /// <summary>Serves a connection within its network's share; this machine and trusted servers have none.</summary>
    public Task ServeAsync(ConnectionContext connection, ConnectionDelegate next) =>
        (connection.RemoteEndPoint as IPEndPoint)?.Address is { } caller && HasNoShare(caller)
            ? next(connection)
            : shares.ServeAsync(connection, next);

    private bool HasNoShare(IPAddress caller)
    {
        IPAddress plain = caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller;
        return IPAddress.IsLoopback(plain) || networks.Any(network => network.Contains(plain));
    }
}
