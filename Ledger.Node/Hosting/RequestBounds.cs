using System.IO.Pipelines;
using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Ledger.Node.Hosting;

/// <summary>
/// Limits of requests that hold before it is known who calls, so that a stranger can neither make a node keep much nor
/// keep it for long.
/// </summary>
/// <param name="BytesMax">Bytes of a request of one message.</param>
/// <param name="Patience">The time in which such a request must arrive.</param>
/// <param name="Memory">What requests that have not arrived whole may keep.</param>
/// <param name="CoverStreams">
/// Whether a stream's messages count in that, too: not where only known callers have streams.
/// </param>
internal sealed record RequestBounds(int BytesMax, TimeSpan Patience, RequestMemory Memory, bool CoverStreams)
{
    /// <summary>Handles a request within these bounds.</summary>
    public async Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        MethodType? type = http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type;
        bool isStream = type is MethodType.ClientStreaming or MethodType.DuplexStreaming;
        if (type is null || (isStream && !CoverStreams))
        {
            await next(http);
            return;
        }

        IPAddress network = PeerGate.NetworkOf(http.Connection.RemoteIpAddress);
        using BoundedBody body = new(http.Request.BodyReader, this, network, isStream);
        http.Features.Set<IRequestBodyPipeFeature>(new BodyFeature(body));
        await next(http);
    }

    private sealed class BodyFeature(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
