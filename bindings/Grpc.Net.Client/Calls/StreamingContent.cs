using System.Net;
using System.Net.Http.Headers;
using Grpc.Net.Client.Protocol;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// The body of a call with a stream of requests: it hands the HTTP stack's stream to the writer, and stays open until
/// the writer completes.
/// </summary>
internal sealed class StreamingContent : HttpContent
{
    private readonly Lock handover = new();
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Stream> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isWrittenTo;

    internal StreamingContent()
    {
        Headers.ContentType = new MediaTypeHeaderValue(WireNames.ContentType);
    }

    /// <summary>The stream, once there is a connection.</summary>
    internal async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        Task<Stream> opening;
        lock (handover)
        {
            opening = opened.Task;
        }

        var stream = await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (handover)
        {
            isWrittenTo = true;
        }

        return stream;
    }

    /// <summary>Ends the body.</summary>
    internal void Complete() => completed.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken)
    {
        HandOver(stream);

        // Headers wait for the first bytes of a body, and a server that speaks first would wait for the headers.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        await completed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private void HandOver(Stream stream)
    {
        lock (handover)
        {
            if (isWrittenTo)
            {
                throw new IOException("The connection was lost after requests had been written to it.");
            }

            if (opened.Task.IsCompleted)
            {
                opened = new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            opened.SetResult(stream);
        }
    }
}
