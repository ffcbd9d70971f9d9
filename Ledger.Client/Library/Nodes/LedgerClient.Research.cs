using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <content>What an institution takes out of its own node for research.</content>
public sealed partial class LedgerClient
{
    /// <summary>A table with pseudonyms of the project; the node keeps that it was made.</summary>
    public Task<ResearchTable> ExportForResearchAsync(ResearchRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => research.ExportAsync(request, options), cancellation);

    /// <summary>All tables that were made.</summary>
    public Task<ResearchLog> ListResearchAsync(CancellationToken cancellation) =>
        ProvedAsync(options => research.ListExportsAsync(new ResearchLogRequest(), options), cancellation);
}
