using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Notices;

/// <summary>The requests that wait for a learner's answer now, with the names of those who ask.</summary>
public sealed class WaitingRequests(ChainState chain, ChainReader reader)
{
    private readonly StateQueries queries = new(chain, reader);

    /// <summary>All of them, by their names.</summary>
    public IReadOnlyDictionary<RequestName, NoticedRequest> Of(Address learner)
    {
        Dictionary<RequestName, NoticedRequest> found = [];
        RequestsQuery query = new()
        {
            Learner = ByteString.CopyFrom(learner.ToArray()), Page = new PageRequest { Limit = ApiLimits.PageMax },
        };
        do
        {
            RequestPage page = queries.Requests(query);
            foreach (RequestView view in page.Requests)
            {
                Institution? asking = Address.TryRead(view.Request.Requester.Span, out Address requester)
                    ? chain.Head.State.Institution(requester)
                    : null;
                found[new RequestName(view.Verb, view.Number)] =
                    new NoticedRequest(view, asking?.Name ?? "", asking?.Domain ?? "");
            }

            query.Page.Cursor = page.Cursor;
        }
        while (!query.Page.Cursor.IsEmpty);

        return found;
    }

    /// <summary>Whether the learner is at this institution now, which so is its home.</summary>
    public bool IsHome(Address learner, Address institution) => chain.Head.State.IsEnrolled(learner, institution);
}
