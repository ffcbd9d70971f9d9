using Ledger.Node.Copies;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>Where tools of this institution read what other institutions' learners have granted to it.</summary>
internal static class GrantedEndpoint
{
    /// <summary>
    /// Maps the resources of xAPI that there are: below /granted/xAPI as the boxes answer now, below
    /// /granted/copies/xAPI as they are kept.
    /// </summary>
    public static void MapGranted(
        this IEndpointRouteBuilder endpoints,
        GrantedReader reader,
        CopyReader copies,
        XapiOptions options,
        Func<string, Address?> learnerOf)
    {
        ILogger log =
            endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Ledger.Node.Granted");
        RequestRates rates = new(options.Limits.RequestsPerSecond);
        endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopped.Register(rates.Dispose);
        XapiEdge edge = new(new BasicCredentials(options.Credentials), options, rates, new RequestGuard(log));
        Map(endpoints, edge, "/granted/xAPI", new GrantedResource(reader.ReadAsync, learnerOf));
        Map(endpoints, edge, "/granted/copies/xAPI", new GrantedResource(copies.ReadAsync, learnerOf));
    }

    private static void Map(IEndpointRouteBuilder endpoints, XapiEdge edge, string path, GrantedResource statements)
    {
        endpoints.Map(path + "/statements", context =>
        {
            // Granted records are read again each time: a cache would outlive the grant.
            context.Response.Headers.CacheControl = "no-store";
            return edge.AnswerXapiAsync(context, statements.AnswerAsync);
        });
        endpoints.Map(path + "/about", edge.AnswerAboutAsync);
    }
}
