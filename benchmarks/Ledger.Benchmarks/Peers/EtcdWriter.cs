using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Peers.Protos;

namespace Ledger.Benchmarks.Peers;

/// <summary>Puts one value after the other; a put is answered when a majority has it on disk.</summary>
public sealed class EtcdWriter(GrpcChannel channel, PeerValues values) : ILoadClient
{
    private readonly KV.KVClient client = new(channel);

    /// <inheritdoc/>
    public async ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation)
    {
        (byte[] key, byte[] value) = values.Next();
        PutRequest request = new()
        {
            Key = UnsafeByteOperations.UnsafeWrap(key), Value = UnsafeByteOperations.UnsafeWrap(value),
        };
        try
        {
            await client.PutAsync(request, new CallOptions(cancellationToken: cancellation)).ResponseAsync;
        }
        catch (RpcException failure) when (failure.StatusCode != StatusCode.Cancelled)
        {
            throw new BenchmarkException($"etcd did not take a value: {failure.Status.Detail}");
        }

        return new LoadAnswer(LoadEnd.Done, Stopwatch.GetTimestamp(), 1, 0);
    }
}
