using Ledger.Client.Disclosures;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Disclosures;

/// <summary>Gives a shared disclosure to whoever has its link, without an account. Rule F-10 of the protocol.</summary>
internal static class DisclosureEndpoint
{
    private const string LearnerPart = "learner";
    private const string IdPart = "id";

    /// <summary>Maps GET and HEAD of /disclosures/LEARNER/ID on the API's port.</summary>
    public static void MapDisclosures(this IEndpointRouteBuilder endpoints, DisclosureShelf shelf) =>
        endpoints.MapMethods(
            $"{DisclosureLink.Folder}{{{LearnerPart}}}/{{{IdPart}}}",
            [HttpMethods.Get, HttpMethods.Head],
            context => AnswerAsync(context, shelf));

    /// <summary>
    /// 200 with the file while it is shared, 410 once it has ended or was withdrawn, 404 for what was never shared.
    /// </summary>
    public static async Task AnswerAsync(HttpContext context, DisclosureShelf shelf)
    {
        // What is withdrawn ends at once: no cache on the way keeps it.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        ShelvedDisclosure? found = Find(context, shelf);
        if (found?.File is not { } file)
        {
            bool wasShared = found is { EndsUnixMs: > 0 };
            context.Response.StatusCode = wasShared ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Length;
        context.Response.Headers.ContentDisposition = "attachment; filename=\"disclosure.proof\"";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(file, context.RequestAborted);
        }
    }

    private static ShelvedDisclosure? Find(HttpContext context, DisclosureShelf shelf) =>
        Address.TryParse(context.Request.RouteValues[LearnerPart] as string, out Address learner)
        && Hash256.TryParse(context.Request.RouteValues[IdPart] as string, out Hash256 id)
            ? shelf.Find(learner, id)
            : null;
}
