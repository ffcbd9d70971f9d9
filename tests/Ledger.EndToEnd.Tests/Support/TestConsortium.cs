using System.Net;
using Ledger.Client.Protos;
using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Support;

/// <summary>Four nodes of a fixture's own, which it may stop, kill and start as it likes.</summary>
public sealed class TestConsortium : IDisposable
{
    private readonly TestFolder folder;
    private readonly LocalConsortium consortium;

    private TestConsortium(TestFolder folder, LocalConsortium consortium, Member[] members)
    {
        this.folder = folder;
        this.consortium = consortium;
        Members = members;
    }

    /// <summary>North, South, East and West, in this order.</summary>
    public Member[] Members { get; }

    public IReadOnlyList<DevnetNode> Nodes => consortium.Plan.Nodes;

    public byte[] Genesis => File.ReadAllBytes(consortium.Plan.GenesisFile);

    /// <summary>Makes and starts four nodes.</summary>
    public static async Task<TestConsortium> StartAsync(string what)
    {
        TestFolder folder = new(what);
        try
        {
            LocalConsortium made = await LocalConsortium.CreateAsync(
                DevnetPlan.New(folder.File("consortium"), DevnetPlan.NodesMin, _ => IPAddress.Loopback));
            await made.StartAsync(detached: false);
            return new TestConsortium(folder, made, Member.Of(made.Plan.Nodes));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>kill -9, all at once.</summary>
    public Task KillAsync(params int[] places) =>
        Task.WhenAll(places.Select(place => consortium.StopAsync(Nodes[place], kill: true)));

    /// <summary>Starts nodes that do not run, and waits until they serve.</summary>
    public Task StartAsync(params int[] places) =>
        Task.WhenAll(places.Select(place => consortium.StartAsync(Nodes[place])));

    /// <summary>Brings about that exactly these nodes run.</summary>
    public async Task RunOnlyAsync(params int[] places)
    {
        bool Runs(int place) => LocalConsortium.Ready(Nodes[place]) is not null;
        int[] all = [.. Enumerable.Range(0, Nodes.Count)];
        await Task.WhenAll(all.Except(places).Select(place => consortium.StopAsync(Nodes[place], kill: false)));
        await StartAsync([.. places.Where(place => !Runs(place))]);
        await Waiting.UntilAsync("the nodes that run know who else does", async () =>
        {
            NodeStatus?[] statuses = await Task.WhenAll(
                places.Select(place => Heads.StatusAsync(Members[place])));
            return statuses.All(status => status?.PeersConnected == places.Length - 1);
        });
    }

    public void Dispose()
    {
        foreach (Member member in Members)
        {
            member.Dispose();
        }

        folder.Dispose();
    }
}
