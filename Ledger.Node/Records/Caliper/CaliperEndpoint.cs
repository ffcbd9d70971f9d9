using Ledger.Client.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ledger.Node.Records.Caliper;

/// <summary>Where Caliper sensors bring events.</summary>
internal static class CaliperEndpoint
{
    /// <summary>
    /// Maps <c>/caliper/events</c>, and the address that sensors of OpenLRW are set up for. Takes in what the intake
    /// allows.
    /// </summary>
    public static void MapCaliper(
        this IEndpointRouteBuilder endpoints, XapiEdge edge, RecordIntake intake, SensorKeys keys)
    {
        Task AnswerAsync(HttpContext context)
        {
            if (keys.HeaderOf(context.Request.Headers.Authorization) is { } named)
            {
                context.Request.Headers.Authorization = named;
            }

            return edge.AnswerAsync(context, (inner, caller) => TakeAsync(inner, caller, intake));
        }

        endpoints.MapPost("/caliper/events", AnswerAsync);
        endpoints.MapPost("/key/caliper", AnswerAsync);
    }

    private static async Task<XapiAnswer> TakeAsync(HttpContext context, string caller, RecordIntake intake)
    {
        StatementParameters.RequireKnown(context.Request.Query);
        if (RequestBody.Refusal(context.Request) is { } refusal)
        {
            return refusal;
        }

        try
        {
            ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(context);
            IntakeResult result = intake.TakeEvents(body.Span, caller);
            return result.ConflictPath is null
                ? XapiAnswer.Ids(result.Ids)
                : XapiAnswer.Error(
                    StatusCodes.Status409Conflict,
                    "Another event bears this id already. Nothing was stored.",
                    $"{result.ConflictPath}/id",
                    "conflict");
        }
        catch (RecordFormatException unknown) when (unknown.Rule == CaliperEnvelope.VersionRule)
        {
            // The one refusal that the standard wants told apart from a malformed envelope (1.1, section 6.1).
            return XapiAnswer.Error(
                StatusCodes.Status422UnprocessableEntity, unknown.Message, unknown.Path, unknown.Rule);
        }
    }
}
