using System.Diagnostics;
using System.Net;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Setup;

/// <summary>
/// Four nodes on four loopback addresses, made and started by the commands of deploy/README.md as they stand there,
/// each in a folder that stands for its machine. Fixtures that only need nodes that serve share it.
/// </summary>
public sealed class DocumentedConsortium
{
    private const int FirstAddress = 11;

    private static readonly Lazy<Task<DocumentedConsortium>> Lazily = new(MakeAsync);

    private readonly TestFolder folder;

    private DocumentedConsortium(TestFolder folder, IReadOnlyList<DevnetNode> nodes, string chainId)
    {
        this.folder = folder;
        Nodes = nodes;
        ChainId = chainId;
    }

    /// <summary>The consortium; made when first asked for.</summary>
    public static Task<DocumentedConsortium> SharedAsync() => Lazily.Value;

    public IReadOnlyList<DevnetNode> Nodes { get; }

    /// <summary>What the founder read out.</summary>
    public string ChainId { get; }

    internal static async Task StopSharedAsync()
    {
        if (Lazily.IsValueCreated && Lazily.Value.IsCompletedSuccessfully)
        {
            (await Lazily.Value).folder.Dispose();
        }
    }

    private static async Task<DocumentedConsortium> MakeAsync()
    {
        TestFolder folder = new("documented");
        try
        {
            Shell shell = new(folder);
            Guide guide = new();
            DevnetPlan plan = DevnetPlan.New(folder.Path, DevnetPlan.NodesMin, AddressOf);
            DevnetNode[] nodes = [.. plan.Nodes.Select(node => node with { Home = Path.Combine(node.Home, "node") })];
            await Task.WhenAll(nodes.Select(node => shell.RunAsync(MachineOf(node), guide.Step(
                1,
                ("North University", node.Name),
                ("north.example", node.Domain),
                ("192.0.2.11:7101", node.Peer),
                ("192.0.2.11:7102", node.Api),
                ("192.0.2.11:7103", node.Lrs)))));
            string founder = MachineOf(nodes[0]);
            ExchangeCards(founder, nodes);
            ProgramRun found = await shell.RunAsync(founder, guide.Step(3));
            string chainId = found.Output.Split('\n')[0].Split(' ')[^1];
            HandOutGenesis(founder, nodes);
            string join = guide.Step(4, ("CHAIN_ID", chainId));
            await Task.WhenAll(nodes.Select(node => shell.RunAsync(MachineOf(node), join)));
            await Task.WhenAll(nodes.Select(node => StartAsync(shell, node, guide.Step(5))));
            return new DocumentedConsortium(folder, nodes, chainId);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static IPAddress AddressOf(int place) => new([127, 0, 0, (byte)(FirstAddress + place)]);

    private static string MachineOf(DevnetNode node) => Path.GetDirectoryName(node.Home)!;

    private static void ExchangeCards(string founder, DevnetNode[] nodes)
    {
        Directory.CreateDirectory(Path.Combine(founder, "cards"));
        foreach (DevnetNode node in nodes)
        {
            File.Copy(Path.Combine(node.Home, "card.json"), Path.Combine(founder, "cards", node.Key + ".json"));
        }
    }

    private static void HandOutGenesis(string founder, DevnetNode[] nodes)
    {
        foreach (DevnetNode node in nodes.Skip(1))
        {
            File.Copy(Path.Combine(founder, "genesis.ledger"), Path.Combine(MachineOf(node), "genesis.ledger"));
        }
    }

    private static async Task StartAsync(Shell shell, DevnetNode node, string commands)
    {
        using Process process = shell.Start(MachineOf(node), $"{{ {commands}\n}} >node/node.log 2>&1");
        await Waiting.UntilAsync(
            $"{node.Name} serves", () => Task.FromResult(process.HasExited || LocalConsortium.Ready(node) is not null));
        Assert.That(LocalConsortium.Ready(node), Is.Not.Null, $"{node.Name} ended: {File.ReadAllText(node.LogFile)}");
    }
}
