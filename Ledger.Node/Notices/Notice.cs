using Ledger.Primitives;

namespace Ledger.Node.Notices;

/// <summary>What a learner is told: which requests wait for its answer.</summary>
/// <param name="Id">Its id, the same however often it is sent.</param>
/// <param name="Learner">The learner's address.</param>
/// <param name="Requests">The requests, each with who asks.</param>
public sealed record Notice(Guid Id, Address Learner, IReadOnlyList<NoticedRequest> Requests)
{
    /// <inheritdoc/>
    public override string ToString() => Id.ToString("D");
}
