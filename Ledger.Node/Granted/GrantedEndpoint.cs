using Ledger.Node.Records;

namespace Ledger.Node.Granted;

/// <summary>Where tools of this institution read what other institutions' learners have granted to it.</summary>
internal static class GrantedEndpoint
{
    /// <summary>Where records are as the boxes answer now.</summary>
    public const string NowPath = "/granted/xAPI";

    /// <summary>Where they are as they are kept.</summary>
    public const string CopiesPath = "/granted/copies/xAPI";

    /// <summary>
    /// Maps the resources of xAPI that there are; nothing where there is nothing to read. Who asks here counts as in
    /// the store: the rates are of a credential, not of an address.
    /// </summary>
    public static void MapGranted(
        this IEndpointRouteBuilder endpoints,
        XapiEdge edge,
        IEnumerable<(string Path, GrantedResource Statements)> granted)
    {
        foreach ((string path, GrantedResource statements) in granted)
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
}
