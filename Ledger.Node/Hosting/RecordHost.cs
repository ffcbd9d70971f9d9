using System.Net;
using Ledger.Node.Configuration;
using Ledger.Node.Peers;
using Ledger.Node.Records;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ledger.Node.Hosting;

/// <summary>The port of the learning record store: HTTP over TLS, or plain where that is allowed.</summary>
internal static partial class RecordHost
{
    /// <summary>Connections of learning tools.</summary>
    private const int ConnectionsMax = 512;

    /// <summary>Connections of one network: half of all, so that no network keeps the others out.</summary>
    private const int ConnectionsOfNetworkMax = ConnectionsMax / 2;

    /// <summary>A handshake or the headers of a request take a moment; a machine that is busy gets more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Puts the port together; nothing listens before it is started.</summary>
    /// <exception cref="ConfigurationException">The settings cannot be served.</exception>
    public static WebApplication Build(
        NodeConfiguration configuration,
        IPEndPoint endPoint,
        TlsIdentity tls,
        RecordStore records,
        XapiOptions options,
        Func<string, bool> mayStore,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        RecordPortSettings settings = configuration.RecordPort;
        bool isThisMachine = ListenAddress.IsThisMachine(endPoint);
        if (settings.FaultOf(isThisMachine) is { } fault)
        {
            throw new ConfigurationException(fault);
        }

        ILogger log = loggers.CreateLogger("records");
        if (!settings.HasTls && !isThisMachine)
        {
            InClear(log, endPoint);
        }

        WebApplicationBuilder builder = Port.Builder(loggers);
        RecordCors.Add(builder.Services);
        TrustedProxies proxies = new(settings.TrustedProxies, ConnectionsOfNetworkMax);
        Port port = new(endPoint, HttpProtocols.Http1, ConnectionsMax, StreamsMax: 1, Patience)
        {
            OnConnection = proxies.ServeAsync,
            Https = Https(configuration, tls, log),
        };
        port.Listen(builder);
        WebApplication application = builder.Build();
        proxies.Use(application);
        application.UseRouting();
        RecordCors.Use(application, options.Origins);
        application.MapXapi(records, options, mayStore, time);
        return application;
    }

    private static Action<HttpsConnectionAdapterOptions>? Https(
        NodeConfiguration configuration, TlsIdentity tls, ILogger log)
    {
        RecordPortSettings settings = configuration.RecordPort;
        if (!settings.HasTls)
        {
            return null;
        }

        if (settings.Tls == RecordPortSettings.NodeTls)
        {
            return https => https.ServerCertificate = tls.Certificate;
        }

        RecordCertificate certificate = new(
            configuration.Resolve(settings.Certificate!), configuration.Resolve(settings.CertificateKey!), log);
        return https =>
        {
            https.ServerCertificate = certificate.Current().TargetCertificate;
            https.OnAuthenticate = (_, handshake) => handshake.ServerCertificateContext = certificate.Current();
        };
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The record store listens at {EndPoint} without TLS: names, secrets and records go in clear")]
    private static partial void InClear(ILogger log, IPEndPoint endPoint);
}
