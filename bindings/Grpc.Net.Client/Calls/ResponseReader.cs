using System.IO.Pipelines;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.Net.Client.Calls;

/// <summary>Sends the request of a call and reads its responses up to the status.</summary>
internal sealed class ResponseReader<TResponse>(
    CallLifetime lifetime,
    Marshaller<TResponse> marshaller,
    int receiveBytesMax) : IAsyncStreamReader<TResponse>
    where TResponse : class
{
    private static readonly StreamPipeReaderOptions bodyOptions = new(bufferSize: 16 * 1024, leaveOpen: true);

    private Task<FrameReader?> sending = Task.FromResult<FrameReader?>(null);
    private HttpResponseMessage? response;
    private PipeReader? body;
    private TResponse? current;
    private int isReading;

    public TResponse Current => current
        ?? throw new InvalidOperationException("There is no current message: MoveNext has to return true first.");

    /// <summary>Begins to send; the answer is awaited by the first read.</summary>
    internal void Start(GrpcChannel channel, HttpRequestMessage request, Func<Task>? prepare) =>
        sending = SendAsync(channel, request, prepare);

    /// <summary>The response of a call that has exactly one.</summary>
    internal async Task<TResponse> ReadSingleAsync()
    {
        var message = await ReadAsync().ConfigureAwait(false);
        if (message is null)
        {
            throw EndWithInternal("The server ended the call with OK, but without the response.");
        }

        return await ReadAsync().ConfigureAwait(false) is null
            ? message
            : throw EndWithInternal("The server sent more than the one response of this call.");
    }

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref isReading, 1) == 1)
        {
            throw new InvalidOperationException(
                "Can't read the next message because the previous read is still in progress.");
        }

        try
        {
            using var cancelling = cancellationToken.UnsafeRegister(
                static state => ((CallLifetime)state!).Cancel(), lifetime);
            current = await ReadAsync().ConfigureAwait(false);
            return current is not null;
        }
        finally
        {
            Volatile.Write(ref isReading, 0);
        }
    }

    // Null when the call is over with OK; any other end is thrown.
    private async ValueTask<TResponse?> ReadAsync()
    {
        var frames = await sending.ConfigureAwait(false);
        if (frames is null || lifetime.IsFinished)
        {
            return End();
        }

        try
        {
            var message = await frames.ReadAsync(marshaller.ContextualDeserializer, lifetime.Token)
                .ConfigureAwait(false);
            if (message is not null)
            {
                return message;
            }

            FinishByTrailers();
        }
        catch (Exception exception)
        {
            // Whatever stops the reading, a deserializer's exception included, is the end of the call.
            lifetime.Fail("Error reading the response.", exception);
        }

        body!.Complete();
        return End();
    }

    private TResponse? End() => lifetime.GetStatus().StatusCode == StatusCode.OK
        ? null
        : throw lifetime.CreateException();

    private RpcException EndWithInternal(string detail)
    {
        var status = new Status(StatusCode.Internal, detail);
        lifetime.Finish(status);
        return new RpcException(status);
    }

    // Null when the call ended without a body: it failed, or the answer is of trailers only.
    private async Task<FrameReader?> SendAsync(GrpcChannel channel, HttpRequestMessage request, Func<Task>? prepare)
    {
        try
        {
            if (lifetime.IsFinished)
            {
                return null;
            }

            if (prepare is not null)
            {
                await prepare().ConfigureAwait(false);
            }

            response = await channel.SendAsync(request, lifetime.Token).ConfigureAwait(false);
            return await AcceptAsync(response).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever stops the sending, a serializer's exception included, is the end of the call.
            lifetime.Fail("Error starting gRPC call.", exception);
            return null;
        }
    }

    private async ValueTask<FrameReader?> AcceptAsync(HttpResponseMessage answer)
    {
        var headers = HttpMetadata.Read(answer.Headers);
        if (HttpMetadata.ReadStatus(answer.Headers) is { } status)
        {
            lifetime.Answered(answer, new Metadata());
            lifetime.Finish(status, headers);
            return null;
        }

        lifetime.Answered(answer, headers);
        if (Refusal(answer) is { } refusal)
        {
            lifetime.Finish(refusal, headers);
            return null;
        }

        var stream = await answer.Content.ReadAsStreamAsync(lifetime.Token).ConfigureAwait(false);
        body = PipeReader.Create(stream, bodyOptions);
        var encoding = HttpMetadata.Value(answer.Headers, WireNames.Encoding);
        return new FrameReader(body, receiveBytesMax, encoding, StatusCode.Internal);
    }

    private static Status? Refusal(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return new Status(
                StatusCoding.FromHttp(answer.StatusCode),
                $"Bad gRPC response. HTTP status code: {(int)answer.StatusCode}");
        }

        var contentType = answer.Content.Headers.ContentType?.MediaType;
        return WireNames.IsGrpc(contentType)
            ? null
            : new Status(
                StatusCode.Cancelled, $"Bad gRPC response. Invalid content-type value: {contentType ?? "(none)"}");
    }

    private void FinishByTrailers()
    {
        var trailing = response!.TrailingHeaders;
        var status = HttpMetadata.ReadStatus(trailing)
            ?? new Status(StatusCode.Cancelled, "No grpc-status found on response.");
        lifetime.Finish(status, HttpMetadata.Read(trailing));
    }
}
