using System.Net;
using System.Text.Json;
using Ledger.Devnet;
using Ledger.Node.Configuration;

namespace Ledger.PeerNetwork;

/// <summary>The network between nodes: one line for each pair and direction of calling.</summary>
public sealed class PeerNet : IAsyncDisposable
{
    private static readonly TimeSpan ResetPauseMax = TimeSpan.FromMilliseconds(800);

    private readonly int count;
    private readonly PathConditions[,] paths;
    private readonly PeerLine[,] lines;

    private PeerNet(IReadOnlyList<DevnetNode> nodes)
    {
        count = nodes.Count;
        paths = new PathConditions[count, count];
        lines = new PeerLine[count, count];
        foreach ((int from, int to) in Pairs)
        {
            paths[from, to] = new PathConditions();
        }

        foreach ((int from, int to) in Pairs)
        {
            lines[from, to] = new PeerLine(IPEndPoint.Parse(nodes[to].Peer), paths[from, to], paths[to, from]);
        }
    }

    private IEnumerable<(int From, int To)> Pairs =>
        from one in Enumerable.Range(0, count)
        from other in Enumerable.Range(0, count)
        where one != other
        select (one, other);

    /// <summary>
    /// Opens lines between nodes that do not run yet, and writes into each one's configuration that it finds the others
    /// there.
    /// </summary>
    public static PeerNet Open(IReadOnlyList<DevnetNode> nodes)
    {
        PeerNet net = new(nodes);
        string[] addresses = [.. nodes.Select(node => AddressOf(node))];
        foreach ((int from, int to) in net.Pairs)
        {
            NodeConfiguration configuration = NodeConfiguration.Load(nodes[from].Home);
            configuration.Bootstrap[addresses[to]] = net.lines[from, to].Uri.ToString();
            configuration.Save();
        }

        return net;
    }

    /// <summary>The conditions of what travels from one node to another, whoever of the two has called.</summary>
    public PathConditions Path(int from, int to) => paths[from, to];

    /// <summary>The line on which one node calls another.</summary>
    public PeerLine Line(int from, int to) => lines[from, to];

    /// <summary>Cuts nodes off from all others, in both directions; among themselves they reach each other.</summary>
    public void CutOff(params int[] group)
    {
        foreach ((int from, int to) in Pairs.Where(pair => group.Contains(pair.From) != group.Contains(pair.To)))
        {
            paths[from, to].Hold();
        }
    }

    /// <summary>Lets nothing through that a node sends; what others send reaches it.</summary>
    public void Mute(int node)
    {
        foreach ((int from, int to) in Pairs.Where(pair => pair.From == node))
        {
            paths[from, to].Hold();
        }
    }

    /// <summary>Makes everything take so long.</summary>
    public void DelayAll(TimeSpan delay)
    {
        foreach ((int from, int to) in Pairs)
        {
            paths[from, to].Delay = delay;
        }
    }

    /// <summary>Everything gets through at once again.</summary>
    public void Heal()
    {
        foreach ((int from, int to) in Pairs)
        {
            paths[from, to].Release();
            paths[from, to].Delay = TimeSpan.Zero;
            paths[from, to].BytesPerSecond = 0;
        }
    }

    /// <summary>Breaks connections of lines chosen by a seed, one after the other, until it is told to end.</summary>
    /// <returns>How many lines were reset.</returns>
    public async Task<int> ResetOneByOneAsync(int seed, CancellationToken cancellation)
    {
        Random random = new(seed);
        (int From, int To)[] all = [.. Pairs];
        int resets = 0;
        while (!cancellation.IsCancellationRequested)
        {
            (int from, int to) = all[random.Next(all.Length)];
            lines[from, to].Reset();
            resets++;
            await Task.Delay(random.NextDouble() * ResetPauseMax, CancellationToken.None);
        }

        return resets;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Heal();
        foreach ((int from, int to) in Pairs)
        {
            await lines[from, to].DisposeAsync();
        }
    }

    // What the institution handed to the others names it.
    private static string AddressOf(DevnetNode node) => JsonSerializer.Deserialize(
        File.ReadAllBytes(System.IO.Path.Combine(node.Home, FounderCard.FileName)),
        NodeConfigurationJson.Default.FounderCard)!.Address;
}
