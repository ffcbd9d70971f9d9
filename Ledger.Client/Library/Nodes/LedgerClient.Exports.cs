using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Nodes;

/// <summary>What a node keeps of a person beside the ledger.</summary>
public sealed partial class LedgerClient
{
    /// <summary>
    /// The node's signed words, one after the other. The caller must be the learner, who reads in its place, or the
    /// institution whose node is asked.
    /// </summary>
    public IAsyncEnumerable<SchoolWord> TellAsync(TellRequest request, CancellationToken cancellation) =>
        StreamProvedAsync(options => exports.Tell(request, options), cancellation);
}
