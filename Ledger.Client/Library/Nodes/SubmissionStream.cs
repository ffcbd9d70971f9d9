using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <summary>
/// A stream of transactions to a node and of outcomes from it. Sending and receiving may run side by side.
/// </summary>
public sealed class SubmissionStream : IDisposable
{
    private readonly AsyncDuplexStreamingCall<SubmitRequest, Outcome> call;
    private readonly Func<RpcException, LedgerClientException> explain;

    internal SubmissionStream(
        AsyncDuplexStreamingCall<SubmitRequest, Outcome> call, Func<RpcException, LedgerClientException> explain)
    {
        this.call = call;
        this.explain = explain;
    }

    /// <summary>Hands in signed bytes; one call at a time.</summary>
    public async Task SendAsync(byte[] signedBytes, CancellationToken cancellation)
    {
        try
        {
            SubmitRequest request = new() { Transaction = UnsafeByteOperations.UnsafeWrap(signedBytes) };
            await call.RequestStream.WriteAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            throw explain(failure);
        }
    }

    /// <summary>Says that nothing more comes; outcomes of what was handed in still do.</summary>
    public Task CompleteAsync() => call.RequestStream.CompleteAsync();

    /// <summary>Outcomes in the order of decision.</summary>
    public async IAsyncEnumerable<Outcome> OutcomesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await NextAsync(cancellation).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => call.Dispose();

    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        try
        {
            return await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            throw explain(failure);
        }
    }
}
