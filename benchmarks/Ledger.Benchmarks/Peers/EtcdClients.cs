using Grpc.Net.Client;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Peers;

/// <summary>
/// Clients that put values at one member, as many to a connection as clients of the ledger share one.
/// </summary>
public sealed class EtcdClients : IPeerClients
{
    private readonly GrpcChannel[] channels;

    /// <summary>Opens them.</summary>
    public EtcdClients(string address, int clients, ulong seed)
    {
        channels = [.. Enumerable.Range(0, HostCapacity.ConnectionsOf(clients))
            .Select(_ => GrpcChannel.ForAddress(address))];
        All = [.. Enumerable.Range(0, clients).Select(place => new EtcdWriter(
            channels[place % channels.Length], new PeerValues(seed, place)))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ILoadClient> All { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (GrpcChannel channel in channels)
        {
            channel.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
