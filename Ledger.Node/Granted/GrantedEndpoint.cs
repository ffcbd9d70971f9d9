using Ledger.Node.Records;

namespace Ledger.Node.Granted;

/// <summary>Where tools of this institution read what other institutions' learners have granted to it.</summary>
internal static class GrantedEndpoint
{
    /// <summary>
    /// Maps the resources of xAPI that there are, below /granted/xAPI; nothing where there is nothing to read. Who asks
    /// here counts as in the store: the rates are of a credential, not of an address.
    /// </summary>
    public static void MapGranted(this IEndpointRouteBuilder endpoints, XapiEdge edge, GrantedResource? statements)
    {
        if (statements is null)
        {
            return;
        }

        endpoints.Map("/granted/xAPI/statements", context =>
        {
            // Granted records are read again each time: a cache would outlive the grant.
            context.Response.Headers.CacheControl = "no-store";
            return edge.AnswerXapiAsync(context, statements.AnswerAsync);
        });
        endpoints.Map("/granted/xAPI/about", edge.AnswerAboutAsync);
    }
}
