using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Policies;

/// <summary>The public clauses of policies, as the contract checks them. Rule K-30 of the protocol.</summary>
internal static class PolicyRules
{
    /// <summary>Null where a request may be made under the policy that it names.</summary>
    public static OperationResult? Judge(IStateView state, LlpcName llpc, LlpcRequest call)
    {
        if (call.Policy is null)
        {
            return null;
        }

        PolicyVersion? policy = InForce(state, call.Policy);
        return policy is null
            ? Outcome.Refused(ResultCode.NoPolicy)
            : Violation(ClauseOf(policy.Template, llpc, call.Rights));
    }

    /// <summary>
    /// Null where a grant obeys its policy, which it then bears. What is passed on stands under the policy of the grant
    /// above it, in the version of that grant.
    /// </summary>
    public static OperationResult? Judge(
        IStateView state, LlpcName llpc, LiveGrants live, LlpcGrant call, GrantInstance grant, CallContext context)
    {
        GrantInstance? parent = Find(live, grant.Parent);
        if (parent?.Policy is { } inherited)
        {
            if (call.Policy is not null && !call.Policy.Equals(inherited))
            {
                return Violation(PolicyClause.OnwardSharing);
            }

            grant.Policy = inherited;
        }
        else if (call.Policy is not null)
        {
            if (InForce(state, call.Policy) is null)
            {
                return Outcome.Refused(ResultCode.NoPolicy);
            }

            grant.Policy = call.Policy;
        }

        return grant.Policy is null
            ? null
            : Violation(ClauseOf(state, llpc, live, grant, state.Policy(grant.Policy)!.Template, context));
    }

    private static PolicyVersion? InForce(IStateView state, PolicyName name) =>
        state.Policy(name) is { Interval.ToHeight: 0 } policy ? policy : null;

    private static PolicyClause? ClauseOf(
        IStateView state,
        LlpcName llpc,
        LiveGrants live,
        GrantInstance grant,
        PolicyTemplate policy,
        CallContext context)
    {
        PolicyClause? clause = ClauseOf(policy, llpc, grant.Rights);
        if (clause is not null)
        {
            return clause;
        }

        if (!HaveSigned(state, llpc, policy.Signatories, context))
        {
            return PolicyClause.Signatories;
        }

        if (policy.DaysMax != 0 && !EndsWithin(grant.Interval.EndUnixMs, policy.DaysMax, context.TimeUnixMs))
        {
            return PolicyClause.Duration;
        }

        return MayBePassedOn(live, grant, policy) ? null : PolicyClause.OnwardSharing;
    }

    private static PolicyClause? ClauseOf(PolicyTemplate policy, LlpcName llpc, Rights rights)
    {
        if (policy.Verbs.Count > 0 && !policy.Verbs.Contains(llpc.Verb))
        {
            return PolicyClause.Verbs;
        }

        return (rights.ToBits() & ~policy.Rights.ToBits()) == 0 ? null : PolicyClause.Rights;
    }

    private static bool HaveSigned(
        IStateView state, LlpcName llpc, PolicySignatories signatories, CallContext context)
    {
        bool learner = LearnerActors.RefusalOfConsent(state, llpc.Learner, context) is null;
        bool institution = context.Signers.Any(signer => state.IsEnrolled(llpc.Learner, signer));
        return signatories switch
        {
            PolicySignatories.Learner => learner,
            PolicySignatories.Institution => institution,
            PolicySignatories.Either => learner || institution,
            PolicySignatories.Both => learner && institution,
            PolicySignatories.Unspecified => false,
        };
    }

    private static bool EndsWithin(long endUnixMs, uint days, long timeUnixMs) =>
        endUnixMs != 0 && endUnixMs - timeUnixMs <= days * BlockDay.LengthMs;

    // Nothing is passed on without a grant bit, so that bits that nobody may use are not given either.
    private static bool MayBePassedOn(LiveGrants live, GrantInstance grant, PolicyTemplate policy)
    {
        uint steps = 0;
        GrantInstance? above = Find(live, grant.Parent);
        while (above?.Policy is not null)
        {
            steps++;
            above = Find(live, above.Parent);
        }

        bool passesOn = (grant.Rights.ToBits() & (AccessBits.GrantRead | AccessBits.GrantWrite)) != 0;
        return passesOn ? steps < policy.OnwardSteps : steps <= policy.OnwardSteps;
    }

    private static GrantInstance? Find(LiveGrants live, ulong number) =>
        number == 0 ? null : live.Grants.FirstOrDefault(other => other.Number == number)?.Grant;

    private static OperationResult? Violation(PolicyClause? clause)
    {
        if (clause is null)
        {
            return null;
        }

        OperationResult result = Outcome.Refused(ResultCode.PolicyViolated);
        result.Clause = clause.Value;
        return result;
    }
}
