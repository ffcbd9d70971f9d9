using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Node.Chain;

namespace Ledger.Node.Api;

/// <summary>The part of the public API that shows the state as a whole.</summary>
public sealed class InspectionService(
    CallerAuthentication callers, ChainState chain, StateLists lists, BlockQueries blocks, EventQueries events)
    : Inspection.InspectionBase
{
    /// <inheritdoc/>
    public override Task<StatePage> ListState(StateListRequest request, ServerCallContext context)
    {
        Caller caller = callers.Identify(context);
        if (request.Prefix.IsEmpty)
        {
            throw Refusals.Argument("prefix", "a kind byte and as many parts of the key as are known");
        }

        // A prefix of a party's keys is judged as those keys are: both begin with the kind and the party.
        LedgerHead head = chain.Head;
        caller.RequireKey(head.State, request.Prefix.Span);
        return Task.FromResult(lists.Page(request, head));
    }

    /// <inheritdoc/>
    public override Task<ResultList> GetResults(ResultsRequest request, ServerCallContext context)
    {
        callers.Identify(context).RequireMember();
        return Task.FromResult(blocks.Results(request.Height));
    }

    /// <inheritdoc/>
    public override Task WatchEvents(
        EventsRequest request, IServerStreamWriter<EventBatch> responseStream, ServerCallContext context) =>
        events.WatchAsync(request, callers.Identify(context), responseStream, context.CancellationToken);
}
