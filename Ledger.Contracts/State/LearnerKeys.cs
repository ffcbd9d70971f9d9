using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>The keys of what the state holds about learners beyond their indexes and LLPCs.</summary>
public static class LearnerKeys
{
    /// <summary>Somebody who is or was a guardian.</summary>
    public static StateKey Guardian(Address guardian) => StateKeys.Of(StateKind.Guardian, guardian);

    /// <summary>The guardianships of a learner.</summary>
    public static InstanceSeries Guardianships(Address learner) =>
        StateKeys.Series(StateKind.Guardianship, learner.Value);

    /// <summary>That a learner is or was the ward of a guardian.</summary>
    public static StateKey Ward(Address guardian, Address learner) =>
        StateKeys.Of(StateKind.Ward, guardian, learner);

    /// <summary>Into whom an address was merged.</summary>
    public static StateKey Merge(Address absorbed) => StateKeys.Of(StateKind.Merge, absorbed);

    /// <summary>What was merged into a learner.</summary>
    public static StateKey Absorbed(Address survivor) => StateKeys.Of(StateKind.Absorbed, survivor);

    /// <summary>The recovery plans of a learner.</summary>
    public static InstanceSeries RecoveryPlans(Address learner) =>
        StateKeys.Series(StateKind.RecoveryPlan, learner.Value);

    /// <summary>The recoveries of a learner's key.</summary>
    public static InstanceSeries Recoveries(Address learner) => StateKeys.Series(StateKind.Recovery, learner.Value);

    /// <summary>How many claims an institution has announced.</summary>
    public static StateKey ClaimCounter(Address institution) => StateKeys.Of(StateKind.ClaimCounter, institution);

    /// <summary>A claim of an institution, numbered from 1.</summary>
    public static StateKey Claim(Address institution, ulong number) =>
        StateKeys.Series(StateKind.Claim, institution.Value).At(number);

    /// <summary>The number of the institution's claim with this hash.</summary>
    public static StateKey ClaimNumber(Address institution, Hash256 claim) =>
        new(StateKeys.Join(StateKind.ClaimNumber, 0, institution.Value, claim));

    /// <summary>A learner's levels of opting out.</summary>
    public static InstanceSeries OptOuts(Address learner) => StateKeys.Series(StateKind.OptOut, learner.Value);
}
