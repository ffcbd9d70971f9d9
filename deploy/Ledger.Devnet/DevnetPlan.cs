using System.Globalization;
using System.Net;

namespace Ledger.Devnet;

/// <summary>A local consortium: its folder and its nodes.</summary>
/// <param name="Folder">Everything of it is below this folder.</param>
/// <param name="ChainId">The chain, once it is founded.</param>
/// <param name="Nodes">Its nodes.</param>
public sealed record DevnetPlan(string Folder, string? ChainId, IReadOnlyList<DevnetNode> Nodes)
{
    /// <summary>A consortium of fewer could not bear a fault.</summary>
    public const int NodesMin = 4;

    /// <summary>The protocol's limit.</summary>
    public const int NodesMax = 16;

    private static readonly (string Key, string Name)[] Schools =
    [
        ("north", "North University"), ("south", "South Academy"), ("east", "East College"), ("west", "West Institute"),
    ];

    /// <summary>The genesis document.</summary>
    public string GenesisFile => Path.Combine(Folder, "genesis.ledger");

    /// <summary>The folder with ready profiles, for <c>--home</c> of the command line or <c>LEDGER_HOME</c>.</summary>
    public string ClientHome => Path.Combine(Folder, "client");

    /// <summary>
    /// A consortium with free ports of one loopback address each; <paramref name="addressOf"/> gives the address.
    /// </summary>
    public static DevnetPlan New(string folder, int nodes, Func<int, IPAddress> addressOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, NodesMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nodes, NodesMax);
        using PortPicker ports = new();
        DevnetNode[] planned =
            [.. Enumerable.Range(0, nodes).Select(place => NodeOf(folder, place, addressOf(place), ports))];
        return new DevnetPlan(folder, null, planned);
    }

    /// <summary>A node for one more institution, which is not of the founders.</summary>
    public DevnetNode Another(IPAddress address)
    {
        using PortPicker ports = new();
        return NodeOf(Folder, Nodes.Count, address, ports);
    }

    private static DevnetNode NodeOf(string folder, int place, IPAddress address, PortPicker ports)
    {
        (string key, string name) = place < Schools.Length
            ? Schools[place]
            : (string.Create(CultureInfo.InvariantCulture, $"school{place + 1}"),
                string.Create(CultureInfo.InvariantCulture, $"School {place + 1}"));
        return new DevnetNode(
            key, name, key + ".example", Path.Combine(folder, key),
            ports.Next(address), ports.Next(address), ports.Next(address));
    }
}
