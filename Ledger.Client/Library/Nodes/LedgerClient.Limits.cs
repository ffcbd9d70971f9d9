using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>Limits of grants to the institution whose node is asked.</summary>
public sealed partial class LedgerClient
{
    /// <summary>
    /// Hands in openings; the caller must be the institution, or the learner and who consents for it.
    /// </summary>
    public Task<LimitsKept> KeepLimitsAsync(LimitsToKeep request, CancellationToken cancellation) =>
        ProvedAsync(options => limits.KeepAsync(request, options), cancellation);

    /// <summary>Which are kept; the caller must be the institution.</summary>
    public Task<LimitsList> ListLimitsAsync(CancellationToken cancellation) =>
        ProvedAsync(options => limits.ListLimitsAsync(new LimitsQuery(), options), cancellation);

    /// <summary>Forgets those of a learner; the caller must be the institution.</summary>
    public Task<LimitsForgotten> ForgetLimitsAsync(Address learner, CancellationToken cancellation)
    {
        LimitsToForget request = new() { Learner = ByteString.CopyFrom(learner.ToArray()) };
        return ProvedAsync(options => limits.ForgetAsync(request, options), cancellation);
    }
}
