using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ledger.Benchmarks.Limits;

/// <summary>
/// The web server of the nodes with nothing behind it: reads a request and answers so many bytes, over HTTP/2. What a
/// node does beyond this is its own work.
/// </summary>
public sealed class BytesServer : IAsyncDisposable
{
    /// <summary>What a node allows on one connection.</summary>
    private const int StreamsMax = 256;

    private readonly WebApplication application;

    private BytesServer(WebApplication application, Uri address)
    {
        this.application = application;
        Address = address;
    }

    /// <summary>Where it answers to any POST.</summary>
    public Uri Address { get; }

    /// <summary>Starts on a free port; with a certificate it speaks TLS.</summary>
    public static async Task<BytesServer> StartAsync(int answerBytes, X509Certificate2? certificate)
    {
        byte[] answer = new byte[answerBytes];
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsMax;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        WebApplication application = builder.Build();
        application.Run(context => AnswerAsync(context, answer));
        await application.StartAsync();
        string address = application.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single();
        return new BytesServer(application, new Uri(address));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, byte[] answer)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }
}
