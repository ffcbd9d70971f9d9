using System.Net;
using Ledger.Node.Peers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ledger.Node.Hosting;

/// <summary>The peer port: mutual TLS, and as little as possible for callers that have proved nothing yet.</summary>
public static class PeerServer
{
    /// <summary>
    /// What no stranger can reach, for <see cref="PeerGate"/> keeps strangers few: four connections of each of 500
    /// institutions.
    /// </summary>
    private const int ConnectionsMax = 2048;

    /// <summary>
    /// A node's link has one stream of frames and now and then a greeting; one that fetches a snapshot has one question
    /// at a time.
    /// </summary>
    private const int StreamsMax = 8;

    /// <summary>The port's server, which does not listen yet.</summary>
    public static WebApplication Build(
        IPEndPoint endPoint, TlsIdentity tls, PeerService peers, PeerGate gate, ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = Port.Builder(loggers);
        Port.AddGrpc(builder, PeerLimits.FrameBytesMax, PeerLimits.FrameBytesMax);
        builder.Services.AddSingleton(peers);
        Port port = new(endPoint, HttpProtocols.Http2, ConnectionsMax, StreamsMax, PeerLimits.HelloTimeout)
        {
            OnConnection = gate.ServeAsync,
            Https = https =>
            {
                https.ServerCertificate = tls.Certificate;
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;

                // Who the caller is follows from the binding that it shows in Hello, not from names in a certificate.
                https.ClientCertificateValidation = (_, _, _) => true;
            },
        };
        port.Listen(builder);
        WebApplication application = builder.Build();
        RequestBounds bounds = new(
            PeerLimits.RequestBytesMax,
            PeerLimits.HelloTimeout,
            new RequestMemory(PeerLimits.StrangersBytesMax),
            CoverStreams: false);
        application.Use(bounds.ApplyAsync);
        application.MapGrpcService<PeerService>();
        return application;
    }
}
