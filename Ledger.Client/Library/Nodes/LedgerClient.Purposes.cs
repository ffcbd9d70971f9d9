using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <summary>What requests are for.</summary>
public sealed partial class LedgerClient
{
    /// <summary>
    /// Has the node keep words for learners, before their requests are sent. The caller is the node's institution, or
    /// its staff in its name.
    /// </summary>
    public Task KeepPurposesAsync(IEnumerable<LearnerPurpose> words, CancellationToken cancellation)
    {
        LearnerPurposes request = new();
        request.Purposes.AddRange(words);
        return ProvedAsync(options => purposes.KeepPurposesAsync(request, options), cancellation);
    }

    /// <summary>What requests of the node's institution are for, sealed to the caller.</summary>
    public Task<PurposeContents> OpenPurposesAsync(PurposeQuery request, CancellationToken cancellation) =>
        ProvedAsync(options => purposes.OpenPurposesAsync(request, options), cancellation);
}
