using Ledger.Node.Records.Caliper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Records;

/// <summary>The HTTP endpoints where learning tools bring records and xAPI clients query them.</summary>
public static class XapiEndpoint
{
    /// <summary>
    /// Maps /xAPI/statements, /xAPI/about and what Caliper sensors call. Takes in records of accounts that may be
    /// stored.
    /// </summary>
    public static IEndpointRouteBuilder MapXapi(
        this IEndpointRouteBuilder endpoints,
        RecordStore store,
        XapiOptions options,
        Func<string, bool> mayStore,
        TimeProvider clock)
    {
        ILogger log =
            endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Ledger.Node.Records");
        XapiEdge edge = new(new BasicCredentials(options.Credentials), log);
        RecordIntake intake = new(store, clock, mayStore);
        XapiResource resource = new(store, intake, new StatementWriter(options.AuthorityHomePage), clock);
        endpoints.MapPost("/xAPI/statements", context => edge.AnswerXapiAsync(context, resource.PostStatementsAsync));
        endpoints.MapPut("/xAPI/statements", context => edge.AnswerXapiAsync(context, resource.PutStatementAsync));
        endpoints.MapGet("/xAPI/statements", context => edge.AnswerXapiAsync(context, resource.GetStatementsAsync));
        endpoints.MapGet("/xAPI/about", XapiResource.AboutAsync);
        endpoints.MapCaliper(edge, intake, new SensorKeys(options.Credentials));
        return endpoints;
    }
}
