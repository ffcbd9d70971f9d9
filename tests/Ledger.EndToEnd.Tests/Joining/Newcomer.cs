using System.Diagnostics;
using System.Net;
using Ledger.Client.Keys;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Node.Configuration;

namespace Ledger.EndToEnd.Tests.Joining;

/// <summary>A fifth institution with a node that its administrator makes, joins and runs.</summary>
internal sealed class Newcomer : IDisposable
{
    private readonly TestFolder folder;
    private Process? process;

    private Newcomer(TestFolder folder, DevnetNode node, SigningKey key)
    {
        this.folder = folder;
        Node = node;
        Key = key;
    }

    public DevnetNode Node { get; }

    public SigningKey Key { get; }

    /// <summary>Where its snapshot grows.</summary>
    public string Staging => Path.Combine(Node.Home, "data.staging");

    public string Log => File.Exists(Node.LogFile) ? File.ReadAllText(Node.LogFile) : string.Empty;

    public static async Task<Newcomer> MakeAsync()
    {
        TestFolder folder = new("newcomer");
        DevnetNode node = DevnetPlan.New(folder.Path, DevnetPlan.NodesMin, _ => IPAddress.Loopback).Nodes[0] with
        {
            Key = "fifth",
            Name = "Fifth College",
            Domain = "fifth.example",
            Home = folder.File("fifth"),
        };
        Directory.CreateDirectory(node.Home);
        AtomicFile.Write(node.PasswordFile, "a password of the fifth"u8.ToArray(), overwrite: false);
        (await ProgramRun.NodeAsync(
            "init", "--home", node.Home, "--name", node.Name, "--domain", node.Domain, "--peer", node.Peer,
            "--api", node.Api, "--lrs", node.Lrs, "--password-file", node.PasswordFile)).Done();
        using Password password = Password.FromFile(node.PasswordFile);
        return new Newcomer(
            folder, node, KeyFile.OpenSigningKey(Path.Combine(node.Home, "identity.key"), password));
    }

    public Task<ProgramRun> JoinAsync(byte[] genesis, string chainId, params string[] more)
    {
        string file = folder.File("genesis.ledger");
        AtomicFile.Write(file, genesis, overwrite: true);
        return ProgramRun.NodeAsync(
            ["join", "--home", Node.Home, "--genesis", file, "--chain-id", chainId, .. more]);
    }

    /// <summary>Starts the node; it begins with a snapshot.</summary>
    public void Start()
    {
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec dotnet \"$1\" run --home \"$2\" --snapshot always >>\"$3\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(ProgramRun.NodeProgram);
        start.ArgumentList.Add(Node.Home);
        start.ArgumentList.Add(Node.LogFile);
        process = Process.Start(start)!;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        File.Delete(Node.ReadyFile);
    }

    public async Task WaitUntilItServesAsync()
    {
        await Waiting.UntilAsync(
            "the newcomer serves",
            () => Task.FromResult(process!.HasExited || LocalConsortium.Ready(Node) is not null));
        Assert.That(LocalConsortium.Ready(Node), Is.Not.Null, "the newcomer ended: " + Log);
    }

    public void Dispose()
    {
        process?.Dispose();
        Key.Dispose();
        folder.Dispose();
    }
}
