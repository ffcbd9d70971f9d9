using Ledger.Consensus;

namespace Ledger.Node.Membership;

/// <summary>An approved change, and who of the set that it makes is ready for it.</summary>
/// <param name="Epoch">The epoch that it would end.</param>
/// <param name="OldSet">The set of that epoch.</param>
/// <param name="NewSet">The set that the change makes now.</param>
/// <param name="Reports">One for each validator of the new set, in its order.</param>
public sealed record ActivationPlan(
    ulong Epoch, ValidatorSet OldSet, ValidatorSet NewSet, IReadOnlyList<ReadyReport> Reports)
{
    /// <summary>Whether enough are ready for the change to be activated.</summary>
    public bool IsReady => Reports.Count(report => report.IsReady) >= NewSet.Quorum;
}
