using System.Net;
using System.Text.Json;
using Grpc.AspNetCore.Server;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Configuration;
using Ledger.Node.Peers;
using Ledger.Node.Records;
using Ledger.Node.Snapshots;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ledger.Node.Hosting;

/// <summary>
/// The node's three ports, each a server of its own: peers (mutual TLS), API (TLS), learning record store (HTTP).
/// </summary>
public sealed class NodeServers : IAsyncDisposable
{
    /// <summary>Peers open one connection each way; the rest is room for reconnects.</summary>
    private const int PeerConnectionsMax = 256;

    /// <summary>Connections of learning tools.</summary>
    private const int LrsConnectionsMax = 512;

    private readonly WebApplication[] applications;

    private NodeServers(WebApplication[] applications)
    {
        this.applications = applications;
    }

    /// <summary>Opens the ports.</summary>
    public static async Task<NodeServers> StartAsync(
        NodeConfiguration configuration,
        TlsIdentity tls,
        LedgerNodeService api,
        MembershipService membership,
        InstitutionNodeService institution,
        SecureBoxService box,
        PeerService peers,
        RecordStore records,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        WebApplication[] applications =
        [
            PeerPort(configuration, tls, peers, loggers),
            ApiPort(configuration, tls, api, membership, institution, box, loggers),
            LrsPort(configuration, records, time, loggers),
        ];
        foreach (WebApplication application in applications)
        {
            await application.StartAsync();
        }

        return new NodeServers(applications);
    }

    /// <summary>Opens the API of a node that fetches a snapshot.</summary>
    public static async Task<NodeServers> StartJoiningAsync(
        NodeConfiguration configuration, TlsIdentity tls, JoiningService joining, ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = Builder(loggers);
        builder.Services.AddGrpc(options => Limit(options, ApiLimits.RequestBytesMax, ApiLimits.AnswerBytesMax));
        builder.Services.AddSingleton(joining);
        Listen(builder, configuration.ApiListen, "The API", ApiLimits.ConnectionsMax, HttpProtocols.Http2, https =>
            https.ServerCertificate = tls.Certificate);
        WebApplication application = builder.Build();
        application.MapGrpcService<JoiningService>();
        await application.StartAsync();
        return new NodeServers([application]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        foreach (WebApplication application in applications)
        {
            await application.StopAsync(patience.Token);
            await application.DisposeAsync();
        }
    }

    private static WebApplication PeerPort(
        NodeConfiguration configuration, TlsIdentity tls, PeerService peers, ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = Builder(loggers);
        builder.Services.AddGrpc(options => Limit(options, PeerLimits.FrameBytesMax, PeerLimits.FrameBytesMax));
        builder.Services.AddSingleton(peers);
        Listen(builder, configuration.PeerListen, "The peer port", PeerConnectionsMax, HttpProtocols.Http2, https =>
        {
            https.ServerCertificate = tls.Certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;

            // Who the caller is follows from the binding that it shows in Hello, not from names in a certificate.
            https.ClientCertificateValidation = (_, _, _) => true;
        });
        WebApplication application = builder.Build();
        application.MapGrpcService<PeerService>();
        return application;
    }

    private static WebApplication ApiPort(
        NodeConfiguration configuration,
        TlsIdentity tls,
        LedgerNodeService api,
        MembershipService membership,
        InstitutionNodeService institution,
        SecureBoxService box,
        ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = Builder(loggers);
        builder.Services.AddGrpc(options => Limit(options, ApiLimits.RequestBytesMax, ApiLimits.AnswerBytesMax));
        builder.Services.AddSingleton(api);
        builder.Services.AddSingleton(membership);
        builder.Services.AddSingleton(institution);
        builder.Services.AddSingleton(box);
        Listen(builder, configuration.ApiListen, "The API", ApiLimits.ConnectionsMax, HttpProtocols.Http2, https =>
            https.ServerCertificate = tls.Certificate);
        WebApplication application = builder.Build();
        application.MapGrpcService<LedgerNodeService>();
        application.MapGrpcService<MembershipService>();
        application.MapGrpcService<InstitutionNodeService>();
        application.MapGrpcService<SecureBoxService>();
        return application;
    }

    private static WebApplication LrsPort(
        NodeConfiguration configuration, RecordStore records, TimeProvider time, ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = Builder(loggers);
        Listen(
            builder, configuration.LrsListen, "The learning record store", LrsConnectionsMax, HttpProtocols.Http1,
            null);
        WebApplication application = builder.Build();
        application.UseRouting();
        XapiOptions options = new(Credentials(configuration), "https://" + configuration.Domain);
        application.MapXapi(records, options, time);
        return application;
    }

    private static void Limit(GrpcServiceOptions options, int receiveMax, int sendMax)
    {
        options.MaxReceiveMessageSize = receiveMax;
        options.MaxSendMessageSize = sendMax;
        options.EnableDetailedErrors = false;
    }

    private static WebApplicationBuilder Builder(ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelHttpsConfiguration();
        return builder;
    }

    private static void Listen(
        WebApplicationBuilder builder,
        string address,
        string what,
        int connectionsMax,
        HttpProtocols protocols,
        Action<HttpsConnectionAdapterOptions>? https)
    {
        IPEndPoint endPoint = ListenAddress.Parse(address, what);
        ListenAddress.RequireFree(endPoint, what);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = connectionsMax;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Limits.Http2.MaxStreamsPerConnection = 256;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
            kestrel.Listen(endPoint, listen =>
            {
                listen.Protocols = protocols;
                if (https is not null)
                {
                    listen.UseHttps(options =>
                    {
                        options.HandshakeTimeout = TimeSpan.FromSeconds(10);
                        https(options);
                    });
                }
            });
        });
    }

    private static XapiCredential[] Credentials(NodeConfiguration configuration)
    {
        string path = configuration.Resolve(configuration.LrsCredentials);
        try
        {
            LrsCredentials? read = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), NodeConfigurationJson.Default.LrsCredentials);
            return read is null ? [] : [new XapiCredential(read.Key, read.Secret)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ConfigurationException($"The credentials file {path} cannot be read: {problem.Message}", problem);
        }
    }
}
