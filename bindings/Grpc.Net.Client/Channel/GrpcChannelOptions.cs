using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.Net.Client;

/// <summary>Options of a channel.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Whether TLS is used, to be checked against the address; null to take it from the address.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>The largest message to send, in bytes; null, the default, for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The largest message to receive, in bytes; 4 MiB by default; null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = WireNames.ReceiveBytesMaxDefault;

    /// <summary>The client to make calls with; excludes <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler to make calls with; excludes <see cref="HttpClient"/>.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the channel disposes the given client or handler.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Whether a call that its caller cancels throws <see cref="OperationCanceledException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }
}
