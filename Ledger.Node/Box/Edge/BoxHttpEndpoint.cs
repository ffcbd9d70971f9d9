using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Node.Records;
using Google.Protobuf;

namespace Ledger.Node.Box;

/// <summary>
/// The secure box over HTTP: the signed request is the token, the answer the same bytes as over gRPC.
/// </summary>
public static class BoxHttpEndpoint
{
    /// <summary>The path on the API's port.</summary>
    public const string Path = "/box/read";

    private const string AnswerType = "application/x-protobuf";

    /// <summary>Maps the endpoint.</summary>
    public static void MapSecureBox(this IEndpointRouteBuilder endpoints, SecureBoxReads reads) =>
        endpoints.MapPost(Path, context => AnswerAsync(context, reads));

    private static async Task AnswerAsync(HttpContext context, SecureBoxReads reads)
    {
        // An answer is for who asked, once: no cache on the way keeps it beyond a revocation.
        context.Response.Headers.CacheControl = "no-store";
        string header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(BoxToken.Scheme, StringComparison.OrdinalIgnoreCase)
            || !BoxToken.TryParse(header[BoxToken.Scheme.Length..].Trim(), out BoxRequest? request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"secure box\"";
            await XapiAnswer.Error(
                StatusCodes.Status401Unauthorized,
                "A signed request to this box is needed as a bearer token.",
                "authorization",
                "TOKEN").SendAsync(context);
            return;
        }

        BoxReply reply = await reads.AnswerAsync(request, context.RequestAborted);
        XapiAnswer answer = reply.Answer is { } released
            ? XapiAnswer.Ok(released.ToByteArray()) with { ContentType = AnswerType }
            : XapiAnswer.Error(
                StatusOf(reply.Refusal!.Kind), reply.Refusal.Sentence, reply.Refusal.Path, reply.Refusal.Code);
        await answer.SendAsync(context);
    }

    private static int StatusOf(BoxRefusalKind kind) => kind switch
    {
        BoxRefusalKind.Malformed => StatusCodes.Status400BadRequest,
        BoxRefusalKind.Denied => StatusCodes.Status403Forbidden,
        BoxRefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
