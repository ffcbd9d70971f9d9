using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// The body of a call with one request. The message is written anew each time the HTTP stack asks for it, so that a
/// request that the server refused unseen can be sent again over another connection.
/// </summary>
internal sealed class UnaryContent<TRequest> : HttpContent
{
    private readonly Marshaller<TRequest> marshaller;
    private readonly TRequest request;
    private readonly int sendBytesMax;

    internal UnaryContent(Marshaller<TRequest> marshaller, TRequest request, int sendBytesMax)
    {
        this.marshaller = marshaller;
        this.request = request;
        this.sendBytesMax = sendBytesMax;
        Headers.ContentType = new MediaTypeHeaderValue(WireNames.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken)
    {
        using var frame = MessageFrame.From(marshaller, request, sendBytesMax);
        await stream.WriteAsync(frame.Bytes, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
