using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Records;

/// <summary>Where Caliper sensors bring events.</summary>
internal sealed class CaliperResource
{
    private readonly RecordIntake intake;

    public CaliperResource(RecordIntake intake)
    {
        this.intake = intake;
    }

    /// <summary>Takes in an event, a list of them, or an envelope.</summary>
    public Task<XapiAnswer> PostAsync(XapiRequest request)
    {
        RequestParameters.RequireKnown(request.Parameters);
        if (!request.Caller.May(XapiScopes.StatementsWrite))
        {
            return Task.FromResult(XapiEdge.Forbidden("statements/write"));
        }

        if (!RequestBody.IsJson(request.ContentType))
        {
            return Task.FromResult(RequestBody.NotJson(StatusCodes.Status415UnsupportedMediaType));
        }

        IntakeResult result = intake.TakeEvents(request.Body.Span, request.Caller.Key);
        return Task.FromResult(result.ConflictPath is { } path
            ? StatementsResource.Conflict(path)
            : XapiAnswer.Ids(result.Ids));
    }
}
