using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Reads the requests of a call.</summary>
internal sealed class RequestReader<TRequest>(
    FrameReader frames,
    Marshaller<TRequest> marshaller,
    HttpCallContext context) : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private TRequest? current;
    private bool isAtEnd;
    private int isReading;

    public TRequest Current => current
        ?? throw new InvalidOperationException("There is no current message: MoveNext has to return true first.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref isReading, 1) == 1)
        {
            throw new InvalidOperationException(
                "Can't read the next message because the previous read is still in progress.");
        }

        try
        {
            current = isAtEnd ? null : await ReadAsync(cancellationToken).ConfigureAwait(false);
            isAtEnd = current is null;
            return current is not null;
        }
        finally
        {
            Volatile.Write(ref isReading, 0);
        }
    }

    /// <summary>The request of a call that has exactly one.</summary>
    internal async ValueTask<TRequest> ReadSingleAsync()
    {
        var request = await ReadAsync(CancellationToken.None).ConfigureAwait(false)
            ?? throw new RpcException(new Status(StatusCode.Internal, "Incomplete message."));
        return await ReadAsync(CancellationToken.None).ConfigureAwait(false) is null
            ? request
            : throw new RpcException(new Status(
                StatusCode.Internal, "Additional data after the message received."));
    }

    private async ValueTask<TRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        using var either = cancellationToken.CanBeCanceled && cancellationToken != context.CancellationToken
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.CancellationToken)
            : null;
        try
        {
            return await frames
                .ReadAsync(marshaller.ContextualDeserializer, either?.Token ?? context.CancellationToken)
                .ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A reset shows here before it shows in the token. What the handler makes of it is not the handler's fault.
            context.NoteClientGone();
            throw;
        }
    }
}
