using System.Net;
using System.Net.Sockets;

namespace Ledger.Node.Notices;

/// <summary>
/// Tells addresses that are reached from everywhere from those that are not: whoever chooses an address must not reach
/// this machine, or the network it stands in, by it (IANA's registries of special-purpose addresses).
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>What of IPv6 is given to networks of everybody.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // Within the former: protocols, documentation, and addresses that hold one of IPv4, which may be anybody's.
    private static readonly IPNetwork[] NotGlobal =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether an address is reached from everywhere.</summary>
    public static bool Is(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Special.Any(network => network.Contains(plain))
            : Global.Contains(plain) && !NotGlobal.Any(network => network.Contains(plain));
    }
}
