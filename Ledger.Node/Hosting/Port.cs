using System.Net;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ledger.Node.Hosting;

/// <summary>How one of the node's ports listens.</summary>
/// <param name="EndPoint">Where.</param>
/// <param name="Protocols">What is spoken there.</param>
/// <param name="ConnectionsMax">Connections; more are closed at once.</param>
/// <param name="StreamsMax">Calls of one connection at a time.</param>
/// <param name="Patience">The time in which a handshake, and the headers of a request, must arrive.</param>
internal sealed record Port(
    IPEndPoint EndPoint, HttpProtocols Protocols, int ConnectionsMax, int StreamsMax, TimeSpan Patience)
{
    /// <summary>What begins and ends with each connection; nothing where it is not set.</summary>
    public Func<ConnectionContext, ConnectionDelegate, Task> OnConnection { get; init; } =
        static (connection, next) => next(connection);

    /// <summary>TLS; none where it is not set.</summary>
    public Action<HttpsConnectionAdapterOptions>? Https { get; init; }

    /// <summary>
    /// Whether many calls of one connection are under way at a time. Sending waits for its turn behind them then, so
    /// that what they answer meanwhile leaves together and wakes the caller once. Elsewhere what a connection's bytes
    /// pass on their way to a call and back, TLS and the frames of HTTP/2, runs on one worker, for each step would wake
    /// another one.
    /// </summary>
    public bool AnswersMany { get; init; }

    /// <summary>
    /// An application that logs as the node does and takes nothing from its surroundings: no settings of the folder in
    /// which the node was started, none of which it would watch, and no variables that could open another port.
    /// </summary>
    public static WebApplicationBuilder Builder(ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddLogging().AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        return builder;
    }

    /// <summary>Serves gRPC with limits to messages.</summary>
    public static void AddGrpc(WebApplicationBuilder builder, int receiveMax, int sendMax) =>
        builder.Services.AddGrpc((GrpcServiceOptions options) =>
        {
            options.MaxReceiveMessageSize = receiveMax;
            options.MaxSendMessageSize = sendMax;
            options.EnableDetailedErrors = false;
        });

    /// <summary>Makes an application listen here.</summary>
    public void Listen(WebApplicationBuilder builder)
    {
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = !AnswersMany);
        builder.WebHost.ConfigureKestrel(Configure);
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Limits.RequestHeadersTimeout = Patience;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsMax;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
        kestrel.Listen(EndPoint, listen =>
        {
            listen.Protocols = Protocols;
            listen.Use(next => connection => OnConnection(connection, next));
            if (Https is { } https)
            {
                listen.UseHttps(options =>
                {
                    options.HandshakeTimeout = Patience;
                    https(options);
                });
            }
        });
    }
}
