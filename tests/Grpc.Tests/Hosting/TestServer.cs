using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grpc.Tests.Hosting;

/// <summary>A Kestrel server on a free port of the loopback address, and channels to it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly List<GrpcChannel> channels = [];

    private TestServer(WebApplication application)
    {
        this.application = application;
        Address = new Uri(application.Urls.Single());
    }

    internal Uri Address { get; }

    /// <summary>Serves a service over HTTP/2 without TLS.</summary>
    internal static Task<TestServer> StartAsync(SampleService service, Action<GrpcServiceOptions>? configure = null) =>
        StartAsync(
            services => services.AddSingleton(service).AddGrpc(configure ?? (_ => { })),
            endpoints => endpoints.MapGrpcService<SampleService>(),
            listen => listen.Protocols = HttpProtocols.Http2);

    /// <summary>Serves a service over TLS; with a client certificate mode, over mutual TLS.</summary>
    internal static Task<TestServer> StartTlsAsync(
        SampleService service,
        X509Certificate2 certificate,
        ClientCertificateMode mode) =>
        StartAsync(
            services => services.AddSingleton(service).AddGrpc(),
            endpoints => endpoints.MapGrpcService<SampleService>(),
            listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode = mode;
                    https.ClientCertificateValidation = (shown, _, _) => shown.Subject == "CN=client";
                });
            });

    /// <summary>Serves anything.</summary>
    internal static async Task<TestServer> StartAsync(
        Action<IServiceCollection> register,
        Action<IEndpointRouteBuilder> map,
        Action<ListenOptions> listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(
            options => options.ShutdownTimeout = TimeSpan.Zero);
        register(builder.Services);
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new TestServer(application);
    }

    internal GrpcChannel Connect(GrpcChannelOptions? options = null)
    {
        var channel = GrpcChannel.ForAddress(Address, options ?? new GrpcChannelOptions());
        channels.Add(channel);
        return channel;
    }

    internal Sample.SampleClient CreateClient(GrpcChannelOptions? options = null) => new(Connect(options));

    /// <summary>Stops at once and breaks all connections.</summary>
    internal Task StopAsync() => application.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in channels)
        {
            channel.Dispose();
        }

        await application.DisposeAsync();
    }
}
