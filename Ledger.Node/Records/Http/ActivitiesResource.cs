using System.Buffers;
using System.Text;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// The activities resource: an activity with all that statements have said of it (xAPI 1.0.3, part 3, 2.5).
/// </summary>
internal sealed class ActivitiesResource
{
    private readonly RecordStore store;

    public ActivitiesResource(RecordStore store)
    {
        this.store = store;
    }

    /// <summary>Answers a request.</summary>
    public Task<XapiAnswer> AnswerAsync(XapiRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!request.IsReading)
        {
            return Task.FromResult(XapiEdge.NoSuchMethod(request.Method, "GET", "HEAD"));
        }

        if (!request.Caller.May(XapiScopes.StatementsRead) && !request.Caller.May(XapiScopes.State))
        {
            return Task.FromResult(XapiEdge.Forbidden("statements/read"));
        }

        RequestParameters.RequireKnown(request.Parameters, "activityId");
        return Task.FromResult(XapiAnswer.Ok(Activity(RequestParameters.Iri(request.Parameters, "activityId"))));
    }

    private ReadOnlyMemory<byte> Activity(string id)
    {
        ArrayBufferWriter<byte> activity = new();
        activity.Write("{\"objectType\":\"Activity\",\"id\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(id), activity);
        if (store.Definition(id) is { } definition)
        {
            activity.Write(",\"definition\":"u8);
            activity.Write(definition.Span);
        }

        activity.Write("}"u8);
        return activity.WrittenMemory;
    }
}
