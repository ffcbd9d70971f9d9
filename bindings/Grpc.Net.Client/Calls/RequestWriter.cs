using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.Net.Client.Calls;

/// <summary>Writes the stream of requests of a call.</summary>
internal sealed class RequestWriter<TRequest>(
    CallLifetime lifetime,
    StreamingContent content,
    Marshaller<TRequest> marshaller,
    int sendBytesMax) : IClientStreamWriter<TRequest>
{
    /// <summary>What the HTTP stack sends as one frame.</summary>
    private const int FrameBytesMax = 16 * 1024;

    private int isWriting;
    private volatile bool isComplete;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        Enter("Can't write the message because the previous write is in progress.");
        try
        {
            if (isComplete)
            {
                throw new InvalidOperationException("Request stream has already been completed.");
            }

            if (lifetime.IsFinished)
            {
                throw lifetime.CreateException();
            }

            using var cancelling = cancellationToken.UnsafeRegister(
                static state => ((CallLifetime)state!).Cancel(), lifetime);
            await WriteFrameAsync(message).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref isWriting, 0);
        }
    }

    public Task CompleteAsync()
    {
        Enter("Can't complete the client stream writer because the previous write is in progress.");
        isComplete = true;
        content.Complete();
        Volatile.Write(ref isWriting, 0);
        return Task.CompletedTask;
    }

    private async ValueTask WriteFrameAsync(TRequest message)
    {
        using var frame = Serialize(message);
        try
        {
            var stream = await content.OpenAsync(lifetime.Token).ConfigureAwait(false);
            var isPushed = WriteOptions is null || !WriteOptions.Flags.HasFlag(WriteFlags.BufferHint);
            await (isPushed ? PushAsync(stream, frame.Bytes) : stream.WriteAsync(frame.Bytes, lifetime.Token).AsTask())
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException
            or ObjectDisposedException or HttpRequestException)
        {
            // The call's own end names the cause; a server that only stopped reading tells its status to the reader.
            throw lifetime.IsFinished
                ? lifetime.CreateException()
                : new RpcException(FailureMapping.ToStatus("The server no longer reads requests.", exception));
        }
    }

    // HTTP/2 takes writes and flushes in one queue, each with a way there and back. Both are queued together, and what
    // came there behind the flush goes out with another one: of more than a frame always the rest, of which nothing
    // tells later whether it was behind; of one frame that had to wait for the receiver's window, all of it.
    private async Task PushAsync(Stream stream, ReadOnlyMemory<byte> bytes)
    {
        var written = stream.WriteAsync(bytes, lifetime.Token).AsTask();
        var isBehind = bytes.Length > FrameBytesMax && !written.IsCompleted;
        try
        {
            await stream.FlushAsync(lifetime.Token).ConfigureAwait(false);
        }
        finally
        {
            // The caller takes the bytes back: nothing may be reading them any more, however the flush ended.
            isBehind |= !written.IsCompleted;
            await written.ConfigureAwait(false);
        }

        if (isBehind)
        {
            await stream.FlushAsync(lifetime.Token).ConfigureAwait(false);
        }
    }

    private MessageFrame Serialize(TRequest message)
    {
        try
        {
            return MessageFrame.From(marshaller, message, sendBytesMax);
        }
        catch (RpcException refused)
        {
            // A message that cannot be sent ends the call: the server would otherwise wait for it.
            lifetime.Finish(refused.Status);
            throw;
        }
    }

    private void Enter(string message)
    {
        if (Interlocked.Exchange(ref isWriting, 1) == 1)
        {
            throw new InvalidOperationException(message);
        }
    }
}
