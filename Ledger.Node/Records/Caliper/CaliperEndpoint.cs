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

            return edge.AnswerAsync(context, isForm: false, request => Task.FromResult(Take(request, intake)));
        }

        endpoints.MapPost("/caliper/events", AnswerAsync);
        endpoints.MapPost("/key/caliper", AnswerAsync);
    }

    private static XapiAnswer Take(XapiRequest request, RecordIntake intake)
    {
        RequestParameters.RequireKnown(request.Parameters);
        if (!request.Caller.May(XapiScopes.StatementsWrite))
        {
            return XapiEdge.Forbidden("statements/write");
        }

        if (!RequestBody.IsJson(request.ContentType))
        {
            return RequestBody.NotJson(StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            IntakeResult result = intake.TakeEvents(request.Body.Span, request.Caller.Key);
            return result.ConflictPath is { } path ? StatementsResource.Conflict(path) : XapiAnswer.Ids(result.Ids);
        }
        catch (RecordFormatException unknown) when (unknown.Rule == CaliperEnvelope.VersionRule)
        {
            // The one refusal that the standard wants told apart from a malformed envelope (1.1, section 6.1).
            return XapiAnswer.Error(
                StatusCodes.Status422UnprocessableEntity, unknown.Message, unknown.Path, unknown.Rule);
        }
    }
}
