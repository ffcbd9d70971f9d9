using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.Client.Tests.Nodes;

/// <summary>Tells the events and pages that a test gives it.</summary>
internal sealed class FakeInspection : Inspection.InspectionBase
{
    /// <summary>What each call is told; a call beyond them is told nothing.</summary>
    public Queue<EventBatch[]> Calls { get; } = new();

    /// <summary>Statuses with which the calls end, one each; Ok where there are no more.</summary>
    public Queue<Status> Ends { get; } = new();

    /// <summary>What was asked for.</summary>
    public List<EventsRequest> Asked { get; } = [];

    /// <summary>Pages of the state by their cursor.</summary>
    public Dictionary<string, StatePage> Pages { get; } = [];

    public override async Task WatchEvents(
        EventsRequest request, IServerStreamWriter<EventBatch> responseStream, ServerCallContext context)
    {
        Asked.Add(request);
        foreach (EventBatch batch in Calls.TryDequeue(out EventBatch[]? told) ? told : [])
        {
            await responseStream.WriteAsync(batch);
        }

        if (Ends.TryDequeue(out Status end))
        {
            throw new RpcException(end);
        }
    }

    public override Task<StatePage> ListState(StateListRequest request, ServerCallContext context) =>
        Task.FromResult(Pages[request.Page.Cursor.ToStringUtf8()]);
}
