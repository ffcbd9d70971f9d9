using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>What an institution asks its own node about accounts and learners.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Tells the node which accounts belong to whoever uses a claim; at most 1,024 claims.</summary>
    public Task KeepClaimsAsync(IEnumerable<ClaimAccount> claims, CancellationToken cancellation)
    {
        ClaimAccounts request = new();
        request.Claims.AddRange(claims);
        return ProvedAsync(options => accounts.KeepClaimsAsync(request, options), cancellation);
    }

    /// <summary>Claims that wait to be used, a page.</summary>
    public Task<ClaimAccounts> ListClaimsAsync(PageRequest page, CancellationToken cancellation) =>
        ProvedAsync(options => accounts.ListClaimsAsync(page, options), cancellation);

    /// <summary>The learner of an account.</summary>
    public Task<PairPage> FindPairsAsync(string actorKey, CancellationToken cancellation)
    {
        PairQuery query = new() { ActorKey = actorKey };
        return ProvedAsync(options => accounts.FindPairsAsync(query, options), cancellation);
    }

    /// <summary>The accounts of a learner.</summary>
    public Task<PairPage> FindPairsAsync(Address learner, CancellationToken cancellation)
    {
        PairQuery query = new() { Learner = ByteString.CopyFrom(learner.ToArray()) };
        return ProvedAsync(options => accounts.FindPairsAsync(query, options), cancellation);
    }
}
