using Ledger.Node.Granted;
using Ledger.Node.Records.Caliper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Records;

/// <summary>The HTTP endpoints where learning tools bring records and xAPI clients query them.</summary>
public static class XapiEndpoint
{
    /// <summary>The header that says up to when an answer is complete.</summary>
    internal const string ConsistentThroughHeader = "X-Experience-API-Consistent-Through";

    /// <summary>
    /// Maps the resources of xAPI below /xAPI, and what Caliper sensors call. Takes in records of accounts that may be
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
        RequestRates rates = new(options.Limits.RequestsPerSecond);
        endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopped.Register(rates.Dispose);
        XapiEdge edge = new(
            new BasicCredentials(options.Credentials), options, rates, new RequestGuard(log));
        RecordIntake intake = new(store, clock, mayStore) { HasRoom = options.HasRoom };
        StatementsResource statements = new(store, intake, options.AuthorityHomePage);
        endpoints.Map("/xAPI/statements", context =>
        {
            HttpRequest request = context.Request;
            bool mayRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
            if (mayRead || RequestReader.IsForm(request))
            {
                // Taken before the answer is read: what was acknowledged by now is in it.
                context.Response.Headers[ConsistentThroughHeader] = RecordTimes.Text(store.ConsistentThrough);
            }

            return edge.AnswerXapiAsync(context, statements.AnswerAsync);
        });
        Map("/xAPI/activities", new ActivitiesResource(store).AnswerAsync);
        Map("/xAPI/agents", new AgentsResource(store).AnswerAsync);
        Map("/xAPI/activities/state", new DocumentsResource(store.Documents, DocumentKind.State).AnswerAsync);
        Map(
            "/xAPI/activities/profile",
            new DocumentsResource(store.Documents, DocumentKind.ActivityProfile).AnswerAsync);
        Map("/xAPI/agents/profile", new DocumentsResource(store.Documents, DocumentKind.AgentProfile).AnswerAsync);
        endpoints.Map("/xAPI/about", edge.AnswerAboutAsync);
        endpoints.MapMethods(OpenApi.Path, ["GET", "HEAD"], OpenApi.AnswerAsync);
        endpoints.MapRecordFacts(edge, store, options.Facts);
        endpoints.MapGranted(edge, options.Granted);
        endpoints.MapCaliper(edge, intake, new SensorKeys(options.Credentials));
        return endpoints;

        void Map(string path, Func<XapiRequest, CancellationToken, Task<XapiAnswer>> work) =>
            endpoints.Map(path, context => edge.AnswerXapiAsync(context, work));
    }
}
