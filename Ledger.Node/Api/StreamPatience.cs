using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.Node.Api;

/// <summary>
/// Reads a stream of transactions. Until one of them was valid, which shows that a party of the ledger calls, it may
/// last for a limited time; after that it may rest.
/// </summary>
public sealed class StreamPatience : IDisposable
{
    private readonly IAsyncStreamReader<SubmitRequest> requests;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenSource limit;
    private readonly CancellationTokenSource either;
    private bool isProved;

    /// <summary>Begins to wait.</summary>
    public StreamPatience(
        IAsyncStreamReader<SubmitRequest> requests, TimeProvider time, CancellationToken cancellation)
    {
        this.requests = requests;
        this.cancellation = cancellation;
        limit = new CancellationTokenSource(ApiLimits.ProofPatience, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
    }

    /// <summary>The next request, or false at the stream's end.</summary>
    /// <exception cref="RpcException">No transaction was valid in time.</exception>
    public async Task<bool> MoveNextAsync()
    {
        if (isProved)
        {
            return await requests.MoveNext(cancellation);
        }

        try
        {
            return await requests.MoveNext(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded, "no valid transaction came over this stream in time"));
        }
    }

    /// <summary>A transaction was valid.</summary>
    public void NoteProved() => isProved = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        either.Dispose();
        limit.Dispose();
    }
}
