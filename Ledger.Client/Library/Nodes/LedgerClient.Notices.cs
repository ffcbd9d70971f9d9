using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>Where a learner is told of requests.</summary>
public sealed partial class LedgerClient
{
    /// <summary>
    /// Sets where the node, a learner's home node, tells it of requests; what is empty is erased. The caller is the
    /// learner, or who consents for it.
    /// </summary>
    public Task<NoticeState> SetNoticesAsync(
        Address learner, string webhook, string mail, CancellationToken cancellation)
    {
        NoticeAddresses wanted = new()
        {
            Learner = ByteString.CopyFrom(learner.ToArray()), Webhook = webhook, Mail = mail,
        };
        return ProvedAsync(options => notices.SetNoticesAsync(wanted, options), cancellation);
    }

    /// <summary>What is set.</summary>
    public Task<NoticeState> GetNoticesAsync(Address learner, CancellationToken cancellation)
    {
        NoticeQuery query = new() { Learner = ByteString.CopyFrom(learner.ToArray()) };
        return ProvedAsync(options => notices.GetNoticesAsync(query, options), cancellation);
    }
}
