using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Writes the responses of a call until its handler returns.</summary>
internal sealed class ResponseWriter<TResponse>(
    HttpCallContext context,
    Marshaller<TResponse> marshaller,
    int sendBytesMax) : IServerStreamWriter<TResponse>
    where TResponse : class
{
    private int isWriting;
    private volatile bool hasEnded;

    public WriteOptions? WriteOptions
    {
        get => context.WriteOptions;
        set => context.WriteOptions = value;
    }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref isWriting, 1) == 1)
        {
            throw new InvalidOperationException(
                "Can't write the message because the previous write is in progress.");
        }

        try
        {
            if (hasEnded)
            {
                throw new InvalidOperationException("Can't write the message because the request is complete.");
            }

            context.CancellationToken.ThrowIfCancellationRequested();
            Write(message);
            if (WriteOptions is null || !WriteOptions.Flags.HasFlag(WriteFlags.BufferHint))
            {
                await context.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref isWriting, 0);
        }
    }

    /// <summary>Writes the response of a call that has exactly one; it leaves together with the trailers.</summary>
    internal ValueTask WriteSingleAsync(TResponse? message)
    {
        if (message is null)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        }

        // With another outcome than OK the message is dropped: a call has either a response or an error.
        if (context.Status.StatusCode == StatusCode.OK && !context.CancellationToken.IsCancellationRequested)
        {
            Write(message);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Refuses all further writes: the handler has returned.</summary>
    internal void End() => hasEnded = true;

    private void Write(TResponse message)
    {
        using var frame = MessageFrame.From(marshaller, message, sendBytesMax);
        context.Write(frame.Bytes.Span);
    }
}
