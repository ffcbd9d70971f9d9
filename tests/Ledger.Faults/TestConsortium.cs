using System.Net;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.PeerNetwork;

namespace Ledger.Faults;

/// <summary>Four nodes of a fixture's own, which it may stop, kill and start as it likes.</summary>
public sealed class TestConsortium : IAsyncDisposable, IDisposable
{
    private readonly TestFolder folder;
    private readonly LocalConsortium consortium;

    private readonly PeerNet? net;

    private TestConsortium(TestFolder folder, LocalConsortium consortium, PeerNet? net, Member[] members)
    {
        this.folder = folder;
        this.consortium = consortium;
        this.net = net;
        Members = members;
    }

    /// <summary>North, South, East and West, in this order.</summary>
    public Member[] Members { get; }

    public IReadOnlyList<DevnetNode> Nodes => consortium.Plan.Nodes;

    /// <summary>The folder with ready profiles.</summary>
    public string ClientHome => consortium.Plan.ClientHome;

    public byte[] Genesis => File.ReadAllBytes(consortium.Plan.GenesisFile);

    /// <summary>A folder of the consortium that nothing else uses.</summary>
    public string SpareFolder(string name) => folder.File(name);

    /// <summary>The network between the nodes.</summary>
    /// <exception cref="ObservationException">The nodes were started without one of their own.</exception>
    public PeerNet Net => net ?? throw new ObservationException("These nodes call each other directly.");

    /// <summary>Makes and starts four nodes that call each other directly.</summary>
    public static Task<TestConsortium> StartAsync(string what) => StartAsync(what, _ => null);

    /// <summary>Makes and starts four nodes with a network between them that can be disturbed.</summary>
    public static Task<TestConsortium> StartApartAsync(string what) => StartAsync(what, PeerNet.Open);

    /// <summary>kill -9, all at once.</summary>
    public Task KillAsync(params int[] places) =>
        Task.WhenAll(places.Select(place => consortium.StopAsync(Nodes[place], kill: true)));

    /// <summary>Starts nodes that do not run, and waits until they serve.</summary>
    public Task StartAsync(params int[] places) =>
        Task.WhenAll(places.Select(place => consortium.StartAsync(Nodes[place])));

    /// <summary>Stops nodes by SIGTERM.</summary>
    public Task StopAsync(params int[] places) =>
        Task.WhenAll(places.Select(place => consortium.StopAsync(Nodes[place], kill: false)));

    /// <summary>Starts a node in an environment of its own, and waits until it serves.</summary>
    public Task StartInAsync(int place, IReadOnlyDictionary<string, string> environment)
    {
        NodeProcess.Start(Nodes[place], environment);
        return NodeProcess.ServesAsync(Nodes[place]);
    }

    /// <summary>Brings about that exactly these nodes run.</summary>
    public async Task RunOnlyAsync(params int[] places)
    {
        bool Runs(int place) => LocalConsortium.Ready(Nodes[place]) is not null;
        int[] all = [.. Enumerable.Range(0, Nodes.Count)];
        await Task.WhenAll(all.Except(places).Select(place => consortium.StopAsync(Nodes[place], kill: false)));
        await StartAsync([.. places.Where(place => !Runs(place))]);
        await ConnectedAsync(places.Length - 1, places);
    }

    /// <summary>Waits until nodes are connected to so many peers each.</summary>
    public Task ConnectedAsync(int peers, params int[] places) => Waiting.UntilAsync(
        $"nodes {string.Join(',', places)} are connected to {peers} peers each", async () =>
        {
            NodeStatus?[] statuses = await Task.WhenAll(places.Select(place => Heads.StatusAsync(Members[place])));
            return statuses.All(status => status?.PeersConnected == peers);
        });

    /// <summary>
    /// Waits until all nodes are connected, vote, are in one view and know of nobody ahead; answers one's status.
    /// </summary>
    public Task<NodeStatus> SettledAsync() => Waiting.ForAsync("all nodes are connected, vote and agree", async () =>
    {
        NodeStatus?[] statuses = await Task.WhenAll(Members.Select(Heads.StatusAsync));
        return statuses.All(status => status is { ChangingView: false, Behind: 0, Standing: Standing.Voting }
            && status.PeersConnected == Members.Length - 1
            && status.View == statuses[0]!.View)
            ? statuses[0]
            : null;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (net is not null)
        {
            await net.DisposeAsync();
        }
    }

    /// <summary>Ends the nodes and deletes their folders.</summary>
    public void Dispose()
    {
        foreach (Member member in Members)
        {
            member.Dispose();
        }

        folder.Dispose();
    }

    private static async Task<TestConsortium> StartAsync(
        string what, Func<IReadOnlyList<DevnetNode>, PeerNet?> connect)
    {
        TestFolder folder = new(what);
        try
        {
            LocalConsortium made = await LocalConsortium.CreateAsync(
                DevnetPlan.New(folder.File("consortium"), DevnetPlan.NodesMin, _ => IPAddress.Loopback));
            PeerNet? net = connect(made.Plan.Nodes);
            await made.StartAsync(detached: false);
            return new TestConsortium(folder, made, net, Member.Of(made.Plan.Nodes));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
