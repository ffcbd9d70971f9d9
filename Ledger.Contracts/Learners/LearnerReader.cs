using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>
/// Reads what the state holds about guardians, merges, recoveries, claims and opting out; null where there is none.
/// </summary>
public static class LearnerReader
{
    /// <summary>Somebody who is or was a guardian.</summary>
    public static Guardian? Guardian(this IStateView state, Address guardian) =>
        state.Find(LearnerKeys.Guardian(guardian), Protos.Guardian.Parser);

    /// <summary>The guardianship that is open and has not ended by time.</summary>
    public static Guardianship? Guardianship(this IStateView state, Address learner, long timeUnixMs)
    {
        Guardianship? open = state.OpenInstance(LearnerKeys.Guardianships(learner), Protos.Guardianship.Parser);
        return open is not null && timeUnixMs < open.Interval.EndUnixMs ? open : null;
    }

    /// <summary>Who acts for the learner at a time.</summary>
    public static Address? GuardianOf(this IStateView state, Address learner, long timeUnixMs) =>
        state.Guardianship(learner, timeUnixMs)?.Guardian.ToAddress();

    /// <summary>Into whom the address was merged.</summary>
    public static Merge? Merge(this IStateView state, Address absorbed) =>
        state.Find(LearnerKeys.Merge(absorbed), Protos.Merge.Parser);

    /// <summary>What was merged into the learner.</summary>
    public static Absorbed? Absorbed(this IStateView state, Address survivor) =>
        state.Find(LearnerKeys.Absorbed(survivor), Protos.Absorbed.Parser);

    /// <summary>
    /// Who stands for an address now: itself, or at the end of its merges, of which each chain has
    /// <see cref="LearnerLimits.MergeDepthMax"/> at most, the survivor.
    /// </summary>
    public static Address SurvivorOf(this IStateView state, Address address)
    {
        Address current = address;
        for (int step = 0; step <= LearnerLimits.MergeDepthMax; step++)
        {
            Merge? merge = state.Merge(current);
            if (merge is null)
            {
                return current;
            }

            current = merge.Survivor.ToAddress();
        }

        throw new InvariantException("a chain of merges is longer than its limit");
    }

    /// <summary>The plan by which the learner's key can be recovered.</summary>
    public static RecoveryPlan? RecoveryPlan(this IStateView state, Address learner) =>
        state.OpenInstance(LearnerKeys.RecoveryPlans(learner), Protos.RecoveryPlan.Parser);

    /// <summary>A recovery of the learner's key.</summary>
    public static Recovery? Recovery(this IStateView state, Address learner, ulong number) =>
        number == 0 ? null : state.Find(LearnerKeys.Recoveries(learner).At(number), Protos.Recovery.Parser);

    /// <summary>How many claims an institution has announced.</summary>
    public static ClaimCounter ClaimCounter(this IStateView state, Address institution) =>
        state.Find(LearnerKeys.ClaimCounter(institution), Protos.ClaimCounter.Parser) ?? new ClaimCounter();

    /// <summary>A claim of an institution.</summary>
    public static Claim? Claim(this IStateView state, Address institution, ulong number) =>
        number == 0 ? null : state.Find(LearnerKeys.Claim(institution, number), Protos.Claim.Parser);

    /// <summary>The number of the institution's claim with this hash, or 0.</summary>
    public static ulong ClaimNumber(this IStateView state, Address institution, Hash256 claim) =>
        state.Find(LearnerKeys.ClaimNumber(institution, claim), Protos.ClaimNumber.Parser)?.Number ?? 0;

    /// <summary>What institutions may do with new records of the learner.</summary>
    public static OptOutLevel OptOut(this IStateView state, Address learner) =>
        state.OpenInstance(LearnerKeys.OptOuts(learner), OptOutInstance.Parser)?.Level ?? OptOutLevel.None;
}
