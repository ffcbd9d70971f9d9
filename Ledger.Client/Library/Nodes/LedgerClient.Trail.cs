using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <summary>The access trail; the caller must be its learner, or whoever reads in the learner's place.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Entries of a trail as the ledger has them.</summary>
    public Task<TrailPage> ListTrailAsync(TrailRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => trail.ListTrailAsync(request, options), cancellation);

    /// <summary>Requests, denials, grants and what ended them, a portion of blocks.</summary>
    public Task<AccessPage> ListAccessAsync(AccessRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => trail.ListAccessAsync(request, options), cancellation);

    /// <summary>What entries of the asked node's box say, sealed to the caller.</summary>
    public Task<TrailContents> OpenTrailAsync(TrailContentRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => trail.OpenTrailAsync(request, options), cancellation);
}
