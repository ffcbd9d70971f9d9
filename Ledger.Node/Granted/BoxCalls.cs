using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>Asks other institutions' boxes; a request is signed, so that the connection needs no name.</summary>
public sealed class BoxCalls(Hash256 chainId, TimeProvider time)
{
    /// <summary>What a box answers. Throws <see cref="LedgerClientException"/>.</summary>
    public async Task<BoxAnswer> AskAsync(NodeEndpoint box, BoxRequest request, CancellationToken cancellation)
    {
        using LedgerClient client = new(box, chainId, caller: null, time);
        return await client.ReadBoxAsync(request, cancellation);
    }
}
