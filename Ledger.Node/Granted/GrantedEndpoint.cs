using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>Where tools of this institution read what other institutions' learners have granted to it.</summary>
internal static class GrantedEndpoint
{
    /// <summary>Maps the resources of xAPI that there are, below /granted/xAPI.</summary>
    public static void MapGranted(
        this IEndpointRouteBuilder endpoints,
        GrantedReader reader,
        XapiOptions options,
        Func<string, Address?> learnerOf)
    {
        ILogger log =
            endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Ledger.Node.Granted");
        RequestRates rates = new(options.Limits.RequestsPerSecond);
        endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopped.Register(rates.Dispose);
        XapiEdge edge = new(new BasicCredentials(options.Credentials), options, rates, new RequestGuard(log));
        GrantedResource statements = new(reader, learnerOf);
        endpoints.Map("/granted/xAPI/statements", context =>
        {
            // Granted records are read again each time: a cache would outlive the grant.
            context.Response.Headers.CacheControl = "no-store";
            return edge.AnswerXapiAsync(context, statements.AnswerAsync);
        });
        endpoints.Map("/granted/xAPI/about", edge.AnswerAboutAsync);
    }
}
