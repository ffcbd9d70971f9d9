using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client.Calls;

namespace Grpc.Net.Client;

/// <summary>
/// A channel over HTTP/2. It is safe to use from any thread, and expensive to make: one for each server is right.
/// </summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    internal const string UserAgent = "learning-ledger-grpc/0.1.0";

    private readonly HttpMessageInvoker http;
    private readonly bool ownsHttp;
    private readonly ConcurrentDictionary<IMethod, Uri> uris = new();
    private readonly HashSet<CallLifetime> calls = [];
    private bool isDisposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        IsSecure = IsSecureAddress(address, options.Credentials);
        SendBytesMax = options.MaxSendMessageSize ?? int.MaxValue;
        ReceiveBytesMax = options.MaxReceiveMessageSize ?? int.MaxValue;
        ThrowsOperationCanceled = options.ThrowOperationCanceledOnCancellation;
        ownsHttp = options.DisposeHttpClient || (options.HttpClient is null && options.HttpHandler is null);
        http = options.HttpClient ?? CreateInvoker(options);
    }

    internal Uri Address { get; }

    internal bool IsSecure { get; }

    internal int SendBytesMax { get; }

    internal int ReceiveBytesMax { get; }

    internal bool ThrowsOperationCanceled { get; }

    /// <summary>A channel with the default options.</summary>
    /// <param name="address"><c>http://host:port</c>, or <c>https://host:port</c> for TLS.</param>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel.</summary>
    /// <param name="address"><c>http://host:port</c>, or <c>https://host:port</c> for TLS.</param>
    /// <param name="channelOptions">Its options.</param>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) =>
        ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel with the default options.</summary>
    /// <param name="address"><c>http://host:port</c>, or <c>https://host:port</c> for TLS.</param>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel.</summary>
    /// <param name="address"><c>http://host:port</c>, or <c>https://host:port</c> for TLS.</param>
    /// <param name="channelOptions">Its options.</param>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        if (channelOptions.HttpClient is not null && channelOptions.HttpHandler is not null)
        {
            throw new ArgumentException(
                "HttpClient and HttpHandler exclude each other.", nameof(channelOptions));
        }

        return new GrpcChannel(address, channelOptions);
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker()
    {
        lock (calls)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
        }

        return new HttpCallInvoker(this);
    }

    /// <summary>Cancels all calls and frees the connections that the channel owns.</summary>
    public void Dispose()
    {
        CallLifetime[] open;
        lock (calls)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            open = [.. calls];
        }

        foreach (var call in open)
        {
            call.Dispose();
        }

        if (ownsHttp)
        {
            http.Dispose();
        }
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : http.SendAsync(request, cancellationToken);

    internal Uri UriOf(IMethod method) =>
        uris.GetOrAdd(method, static (known, address) => new Uri(address, known.FullName), Address);

    internal void Add(CallLifetime call)
    {
        lock (calls)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            calls.Add(call);
        }
    }

    internal void Remove(CallLifetime call)
    {
        lock (calls)
        {
            calls.Remove(call);
        }
    }

    private static bool IsSecureAddress(Uri address, ChannelCredentials? credentials)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"The scheme of '{address}' is neither http nor https.", nameof(address));
        }

        if (credentials is not null && credentials.UriScheme != address.Scheme)
        {
            throw new InvalidOperationException(
                $"The credentials are for {credentials.UriScheme}, but the address is '{address}'.");
        }

        return address.Scheme == Uri.UriSchemeHttps;
    }

    private static HttpMessageInvoker CreateInvoker(GrpcChannelOptions options)
    {
        if (options.HttpHandler is { } given)
        {
            return new HttpMessageInvoker(given, options.DisposeHttpClient);
        }

        // A server limits the streams of a connection, commonly to 100: further calls get a further connection.
        return new HttpMessageInvoker(
            new SocketsHttpHandler { EnableMultipleHttp2Connections = true }, disposeHandler: true);
    }
}
