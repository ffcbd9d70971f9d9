using System.Net;
using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.Net.Client.Calls;

/// <summary>Makes calls over the HTTP handler of a channel.</summary>
internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    private static readonly Func<object, Task<Metadata>> headersOf = state => ((CallLifetime)state).HeadersAsync;
    private static readonly Func<object, Status> statusOf = state => ((CallLifetime)state).GetStatus();
    private static readonly Func<object, Metadata> trailersOf = state => ((CallLifetime)state).GetTrailers();
    private static readonly Action<object> dispose = state => ((CallLifetime)state).Dispose();

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var (lifetime, reader) = StartSingle(method, host, options, request);
        return new AsyncUnaryCall<TResponse>(
            reader.ReadSingleAsync(), headersOf, statusOf, trailersOf, dispose, lifetime);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var (lifetime, reader) = StartSingle(method, host, options, request);
        return new AsyncServerStreamingCall<TResponse>(reader, headersOf, statusOf, trailersOf, dispose, lifetime);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var (lifetime, writer, reader) = StartStream(method, host, options);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            writer, reader.ReadSingleAsync(), headersOf, statusOf, trailersOf, dispose, lifetime);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var (lifetime, writer, reader) = StartStream(method, host, options);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            writer, reader, headersOf, statusOf, trailersOf, dispose, lifetime);
    }

    private (CallLifetime Lifetime, ResponseReader<TResponse> Reader) StartSingle<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(request);
        var content = new UnaryContent<TRequest>(method.RequestMarshaller, request, channel.SendBytesMax);
        var (lifetime, reader) = Start(method, host, options, content);
        return (lifetime, reader);
    }

    private (CallLifetime Lifetime, RequestWriter<TRequest> Writer, ResponseReader<TResponse> Reader)
        StartStream<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class
    {
        var content = new StreamingContent();
        var (lifetime, reader) = Start(method, host, options, content);
        var writer = new RequestWriter<TRequest>(lifetime, content, method.RequestMarshaller, channel.SendBytesMax)
        {
            WriteOptions = options.WriteOptions,
        };
        return (lifetime, writer, reader);
    }

    private (CallLifetime Lifetime, ResponseReader<TResponse> Reader) Start<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, HttpContent content)
        where TRequest : class
        where TResponse : class
    {
        var lifetime = new CallLifetime(channel, options);
        var reader = new ResponseReader<TResponse>(lifetime, method.ResponseMarshaller, channel.ReceiveBytesMax);
        var request = CreateRequest(method, host, options, content, lifetime);
        lifetime.Start();
        reader.Start(channel, request, CredentialsOf(method, options, request, lifetime));
        return (lifetime, reader);
    }

    private HttpRequestMessage CreateRequest(
        IMethod method, string? host, CallOptions options, HttpContent content, CallLifetime lifetime)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, channel.UriOf(method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("user-agent", GrpcChannel.UserAgent);
        request.Headers.TryAddWithoutValidation(WireNames.AcceptEncoding, WireNames.Identity);
        if (host is not null)
        {
            request.Headers.Host = host;
        }

        if (lifetime.TimeLeft is { } left)
        {
            request.Headers.TryAddWithoutValidation(WireNames.Timeout, TimeoutCoding.Encode(left));
        }

        if (options.Headers is not null)
        {
            AddMetadata(request, options.Headers);
        }

        return request;
    }

    private static void AddMetadata(HttpRequestMessage request, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            // The protocol's own headers come from the call's options, so an entry of that name has no meaning.
            if (!WireNames.IsReserved(entry.Key))
            {
                request.Headers.TryAddWithoutValidation(entry.Key, MetadataCoding.Encode(entry));
            }
        }
    }

    private Func<Task>? CredentialsOf(
        IMethod method, CallOptions options, HttpRequestMessage request, CallLifetime lifetime)
    {
        // Credentials must not be readable on the way: as in the real library they are left out without TLS.
        if (options.Credentials is not { } credentials || !channel.IsSecure)
        {
            return null;
        }

        return async () =>
        {
            var added = new Metadata();
            var serviceUrl = new Uri(channel.Address, method.ServiceName).AbsoluteUri;
            var context = new AuthInterceptorContext(serviceUrl, method.Name, lifetime.Token);
            await credentials.AddToAsync(context, added).ConfigureAwait(false);
            AddMetadata(request, added);
        };
    }
}
