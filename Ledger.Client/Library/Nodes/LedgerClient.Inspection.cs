using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <summary>The state as a whole; see <see cref="StateLists"/> for typed lists.</summary>
public sealed partial class LedgerClient
{
    /// <summary>A page of the keys below a prefix at the node's head.</summary>
    public Task<StatePage> ListStateAsync(StateListRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => inspection.ListStateAsync(request, options), cancellation);
}
