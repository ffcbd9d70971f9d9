using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Profiles;
using Ledger.Node.Configuration;
using Ledger.Primitives;

namespace Ledger.Devnet;

/// <summary>
/// Makes, starts and stops a consortium on this machine, by the commands, configuration and key files that separate
/// machines would use.
/// </summary>
public sealed class LocalConsortium
{
    private const string PlanFile = "devnet.json";
    private const int PasswordBytes = 16;

    /// <summary>
    /// A node that does not serve by then has failed; its log says why. Sixteen that start at once on two processors
    /// take most of a minute, and more beside other work.
    /// </summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(180);

    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Dictionary<string, Process> children = new(StringComparer.Ordinal);

    // Nodes that have served since they were last started.
    private readonly ConcurrentDictionary<string, bool> served = new(StringComparer.Ordinal);

    private LocalConsortium(DevnetPlan plan)
    {
        Plan = plan;
    }

    /// <summary>Folder, chain and nodes.</summary>
    public DevnetPlan Plan { get; private set; }

    /// <summary>Reads a consortium that was made before, or null.</summary>
    public static LocalConsortium? Load(string folder)
    {
        string path = Path.Combine(folder, PlanFile);
        return File.Exists(path)
            ? new LocalConsortium(JsonSerializer.Deserialize<DevnetPlan>(File.ReadAllText(path), Json)!)
            : null;
    }

    /// <summary>
    /// Makes keys, genesis document and configuration of each node by <c>init</c>, <c>found</c> and <c>join</c>.
    /// </summary>
    public static async Task<LocalConsortium> CreateAsync(DevnetPlan plan)
    {
        Directory.CreateDirectory(plan.Folder);
        await Task.WhenAll(plan.Nodes.Select(InitAsync));
        string[] found = ["found", "--name", "Four Schools", "--out", plan.GenesisFile, "--card"];
        string output = await NodeProgram.RunAsync(
            [.. found, .. plan.Nodes.Select(node => Path.Combine(node.Home, FounderCard.FileName))]);
        string chainId = output.Split('\n')[0].Split(' ')[^1].Trim();
        await Task.WhenAll(plan.Nodes.Select(node => NodeProgram.RunAsync(
            "join", "--home", node.Home, "--genesis", plan.GenesisFile, "--chain-id", chainId)));
        LocalConsortium consortium = new(plan with { ChainId = chainId });
        File.WriteAllText(Path.Combine(plan.Folder, PlanFile), JsonSerializer.Serialize(consortium.Plan, Json));
        return consortium;
    }

    /// <summary>Starts every node that does not run, and waits until all serve.</summary>
    public async Task StartAsync(bool detached)
    {
        foreach (DevnetNode node in Plan.Nodes.Where(node => Ready(node) is null))
        {
            await AwaitEndAsync(node);
            Launch(node, detached);
        }

        await Task.WhenAll(Plan.Nodes.Select(WaitAsync));
        WriteProfiles();
    }

    /// <summary>Starts one node and waits until it serves.</summary>
    public async Task StartAsync(DevnetNode node)
    {
        await AwaitEndAsync(node);
        Launch(node, detached: false);
        await WaitAsync(node);
    }

    /// <summary>
    /// Makes a node for one more institution and ties it to the chain. It is started by itself, and follows the ledger
    /// once the members have admitted its institution.
    /// </summary>
    public async Task<DevnetNode> AddAsync(System.Net.IPAddress address)
    {
        DevnetNode node = Plan.Another(address);
        await InitAsync(node);
        Plan = Plan with { Nodes = [.. Plan.Nodes, node] };
        File.WriteAllText(Path.Combine(Plan.Folder, PlanFile), JsonSerializer.Serialize(Plan, Json));
        return node;
    }

    /// <summary>Lets such a node join, with a block (HEIGHT:HASH) that a member's node has named.</summary>
    public Task JoinAsync(DevnetNode node, string checkpoint) => NodeProgram.RunAsync(
        "join", "--home", node.Home, "--genesis", Plan.GenesisFile, "--chain-id", Plan.ChainId!, "--checkpoint",
        checkpoint);

    /// <summary>
    /// Writes a profile that uses a node with the key of another's institution: one whose own node cannot help it yet.
    /// </summary>
    public void WriteProfile(string name, DevnetNode node, DevnetNode owner)
    {
        ReadyFile ready = Ready(node) ?? throw new DevnetException($"{node.Name} does not serve.");
        new ProfileStore(Plan.ClientHome).Save(name, new Profile
        {
            Node = ready.Api,
            TlsPin = ready.TlsPin,
            ChainId = ready.ChainId,
            Genesis = Path.GetFullPath(Plan.GenesisFile),
            KeyFile = Path.GetFullPath(Path.Combine(owner.Home, "identity.key")),
            PasswordFile = Path.GetFullPath(owner.PasswordFile),
            Lrs = ready.Lrs + "/xAPI",
            LrsCredentials = Path.GetFullPath(node.CredentialsFile),
        }, overwrite: true);
    }

    /// <summary>Stops every node and waits until its process has ended.</summary>
    public async Task StopAsync() => await Task.WhenAll(Plan.Nodes.Select(node => StopAsync(node, kill: false)));

    /// <summary>Stops one node: by SIGTERM, or by SIGKILL as a crash would.</summary>
    public async Task StopAsync(DevnetNode node, bool kill)
    {
        if (Ready(node) is not { } ready)
        {
            // One that was started and does not serve yet would never end by itself; one that has served is ending.
            if (!served.ContainsKey(node.Key)
                && children.TryGetValue(node.Key, out Process? starting) && !starting.HasExited)
            {
                await TerminateAsync(starting.Id);
            }

            await AwaitEndAsync(node);
            return;
        }

        using Process process = Process.GetProcessById(ready.ProcessId);
        if (kill)
        {
            process.Kill();
        }
        else
        {
            await TerminateAsync(ready.ProcessId);
        }

        await process.WaitForExitAsync();
        await AwaitEndAsync(node);
        File.Delete(node.ReadyFile);
    }

    /// <summary>What a running node says about itself, or null when it does not run.</summary>
    public static ReadyFile? Ready(DevnetNode node)
    {
        if (!File.Exists(node.ReadyFile))
        {
            return null;
        }

        ReadyFile ready = JsonSerializer.Deserialize(
            File.ReadAllBytes(node.ReadyFile), NodeConfigurationJson.Default.ReadyFile)!;
        try
        {
            using Process process = Process.GetProcessById(ready.ProcessId);
            return process.HasExited ? null : ready;
        }
        catch (ArgumentException)
        {
            // No such process: the node was killed and could not remove its file.
            return null;
        }
    }

    /// <summary>A client of a running node.</summary>
    public static LedgerClient ClientOf(ReadyFile ready, CallerIdentity? caller)
    {
        Invariant.That(
            NodeEndpoint.TryParse(ready.Api, ready.TlsPin, out NodeEndpoint? endpoint, out string problem), problem);
        Invariant.That(Hash256.TryParse(ready.ChainId, out Hash256 chainId));
        return new LedgerClient(endpoint, chainId, caller);
    }

    private static async Task InitAsync(DevnetNode node)
    {
        Directory.CreateDirectory(node.Home);
        byte[] password = System.Text.Encoding.ASCII.GetBytes(
            Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(PasswordBytes)));
        AtomicFile.Write(node.PasswordFile, password, overwrite: false);
        await NodeProgram.RunAsync(
            "init", "--home", node.Home, "--name", node.Name, "--domain", node.Domain, "--peer", node.Peer,
            "--api", node.Api,
            "--lrs", node.Lrs, "--password-file", node.PasswordFile);
    }

    private static async Task TerminateAsync(int processId)
    {
        using Process signal = Process.Start(
            "/bin/kill", ["-TERM", processId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
    }

    // One that ends by itself takes its file away before it closes its store and its ports.
    private async Task AwaitEndAsync(DevnetNode node)
    {
        if (children.Remove(node.Key, out Process? child))
        {
            await child.WaitForExitAsync();
            child.Dispose();
        }
    }

    private void Launch(DevnetNode node, bool detached)
    {
        served.TryRemove(node.Key, out _);
        children[node.Key] = detached ? NodeProgram.StartDetached(node) : NodeProgram.StartChild(node);
    }

    private async Task WaitAsync(DevnetNode node)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (Ready(node) is null)
        {
            bool ended = children.TryGetValue(node.Key, out Process? child) && child.HasExited;
            if (ended || waited.Elapsed > StartTimeout)
            {
                string why = ended ? "ended" : $"does not serve after {StartTimeout.TotalSeconds:F0} s";
                throw new DevnetException($"{node.Name} {why}. The end of {node.LogFile}:\n{Tail(node)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        served[node.Key] = true;
    }

    private static string Tail(DevnetNode node) =>
        File.Exists(node.LogFile) ? string.Join('\n', File.ReadLines(node.LogFile).TakeLast(8)) : "(no log)";

    private void WriteProfiles()
    {
        foreach (DevnetNode node in Plan.Nodes)
        {
            WriteProfile(node.Key, node, node);
        }

        new ProfileStore(Plan.ClientHome).Use(Plan.Nodes[0].Key);
    }
}
