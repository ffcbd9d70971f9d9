using System.Net;
using Ledger.Client.Institutions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ledger.Client.Tests.Institutions;

/// <summary>A web server on a free local port, which serves a domain's file as a test tells it to.</summary>
internal sealed class DomainServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private DomainServer(WebApplication application)
    {
        this.application = application;
    }

    public static async Task<DomainServer> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        application.Run(answer);
        await application.StartAsync();
        return new DomainServer(application);
    }

    public DomainFetcher Fetcher(TimeSpan? timeMax = null) => new(
        _ => new Uri(application.Urls.Single() + DomainFile.Path), timeMax ?? TimeSpan.FromSeconds(30));

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
