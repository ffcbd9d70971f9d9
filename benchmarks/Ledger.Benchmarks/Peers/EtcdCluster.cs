using System.Diagnostics;
using System.Globalization;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Ledger.Benchmarks.Peers.Protos;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Peers;

/// <summary>Three members of etcd on loopback, with its defaults: every write is synced by a majority.</summary>
public sealed class EtcdCluster : IPeer
{
    private const int Members = 3;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly List<ChildProgram> members = [];
    private readonly ulong seed;
    private int runs;

    private EtcdCluster(string folder, ulong seed)
    {
        Folder = folder;
        this.seed = seed;
    }

    /// <inheritdoc/>
    public string Name => "etcd";

    /// <inheritdoc/>
    public string Version { get; private set; } = string.Empty;

    /// <inheritdoc/>
    public string Folder { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Processes => [.. members.Select(member => member.Id)];

    /// <summary>The member that leads, where clients write.</summary>
    public string LeaderAddress { get; private set; } = string.Empty;

    /// <summary>Starts the members in a folder, and waits until one leads.</summary>
    public static async Task<EtcdCluster> StartAsync(string folder, ulong seed, CancellationToken cancellation)
    {
        string program = await EtcdProgram.FindAsync(folder);
        string data = Path.Combine(folder, "etcd");
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        Directory.CreateDirectory(data);
        string[] clients;
        string[] peers;
        using (PortPicker ports = new())
        {
            clients = [.. Enumerable.Range(0, Members).Select(_ => "http://" + ports.Next(IPAddress.Loopback))];
            peers = [.. Enumerable.Range(0, Members).Select(_ => "http://" + ports.Next(IPAddress.Loopback))];
        }

        EtcdCluster cluster = new(data, seed);
        try
        {
            for (int place = 0; place < Members; place++)
            {
                cluster.members.Add(StartMember(program, data, place, clients[place], peers));
            }

            await cluster.AwaitLeaderAsync(clients, cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IPeerClients> OpenAsync(int clients, CancellationToken cancellation) =>
        Task.FromResult<IPeerClients>(new EtcdClients(LeaderAddress, clients, unchecked(seed + (ulong)++runs)));

    /// <inheritdoc/>
    public void RequireRunning() => members.ForEach(member => member.RequireRunning());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(members.Select(member => member.DisposeAsync().AsTask()));

    private static ChildProgram StartMember(
        string program, string data, int place, string client, IReadOnlyList<string> peers)
    {
        string name = NameOf(place);
        return ChildProgram.Start(
            $"etcd member {name}", "-TERM", Path.Combine(data, name + ".log"),
            program, "--name", name, "--data-dir", Path.Combine(data, name),
            "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peers[place], "--initial-advertise-peer-urls", peers[place],
            "--initial-cluster", string.Join(',', peers.Select((peer, at) => $"{NameOf(at)}={peer}")),
            "--initial-cluster-state", "new", "--initial-cluster-token", "ledger-bench", "--logger", "zap");
    }

    private static string NameOf(int place) => string.Create(CultureInfo.InvariantCulture, $"m{place + 1}");

    private async Task AwaitLeaderAsync(IReadOnlyList<string> clients, CancellationToken cancellation)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartPatience)
        {
            RequireRunning();
            foreach (string client in clients)
            {
                if (await StatusAsync(client, cancellation) is { Leader: > 0 } status
                    && status.Leader == status.Header.MemberId)
                {
                    LeaderAddress = client;
                    Version = status.Version;
                    return;
                }
            }

            await Task.Delay(Between, cancellation);
        }

        throw new BenchmarkException(
            $"etcd has no leader after {StartPatience.TotalSeconds:F0} s. Its logs lie beside its data.");
    }

    private static async Task<StatusResponse?> StatusAsync(string address, CancellationToken cancellation)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(address);
        try
        {
            return await new Maintenance.MaintenanceClient(channel).StatusAsync(
                new StatusRequest(),
                new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1),
                    cancellationToken: cancellation)).ResponseAsync;
        }
        catch (RpcException notYet) when (
            notYet.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return null;
        }
    }
}
