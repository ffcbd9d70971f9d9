using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>What an institution had stored of a learner before the learner enrolled.</summary>
public sealed partial class LedgerClient
{
    /// <summary>
    /// Says whether the node's institution anchors it, marked late. The caller is the learner, or who consents for it.
    /// </summary>
    public Task<EarlierState> SetEarlierAsync(Address learner, bool anchor, CancellationToken cancellation)
    {
        EarlierWish wish = new() { Learner = ByteString.CopyFrom(learner.ToArray()), Anchor = anchor };
        return ProvedAsync(options => earlier.SetEarlierAsync(wish, options), cancellation);
    }

    /// <summary>What was said.</summary>
    public Task<EarlierState> GetEarlierAsync(Address learner, CancellationToken cancellation)
    {
        EarlierQuery query = new() { Learner = ByteString.CopyFrom(learner.ToArray()) };
        return ProvedAsync(options => earlier.GetEarlierAsync(query, options), cancellation);
    }
}
