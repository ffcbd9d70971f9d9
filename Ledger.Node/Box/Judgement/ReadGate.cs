using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Decides what a reader may have of this institution's records: by a right of its own, else by one of its grants with
/// the limits that it shows. A grant whose limits it does not show gives nothing. Rules K-8, K-30 and K-32.
/// </summary>
public static class ReadGate
{
    /// <summary>Decides on a request at a state and a time in ms since 1970-01-01 UTC.</summary>
    public static ReadDecision Decide(
        IStateView state, LlpcName llpc, Address writer, Address reader, BoxRequestBody request, long timeUnixMs)
    {
        if (AccessRights.ReadsWithoutGrant(state, llpc, reader, writer, timeUnixMs))
        {
            return ReadDecision.Allow(ReadPermit.All);
        }

        // The widest way first: what needs no opening and is not counted.
        ReadDecision? refused = null;
        foreach (ReadGrant grant in AccessRights.ReadGrants(state, llpc, reader, timeUnixMs)
            .Where(grant => grant.IsAbout(writer))
            .OrderByDescending(static grant => grant.IsUnlimited)
            .ThenBy(static grant => grant.Grant.Number))
        {
            ReadDecision decision = Decide(state, llpc, grant, request);
            if (decision.Permit is not null)
            {
                return decision;
            }

            refused ??= decision;
        }

        return refused ?? ReadDecision.Refuse(BoxRefusals.NoRight);
    }

    private static ReadDecision Decide(IStateView state, LlpcName llpc, ReadGrant grant, BoxRequestBody request)
    {
        List<GrantLimits> limits = [];
        List<(StateKey Grant, uint ReadsMax)> counted = [];
        foreach (LiveGrant one in grant.Line)
        {
            GrantLimits? shown = null;
            if (!one.Grant.Limits.IsEmpty)
            {
                shown = Shown(one.Grant.Limits, request);
                if (shown is null)
                {
                    return ReadDecision.Refuse(BoxRefusals.LimitsNotShown);
                }

                if (shown.FeaturesOnly && request.Features is null)
                {
                    return ReadDecision.Refuse(BoxRefusals.FeaturesOnly);
                }

                limits.Add(shown);
                if (shown.ReadsMax > 0)
                {
                    counted.Add((StateKeys.Grant(llpc, one.Number), shown.ReadsMax));
                }
            }

            if (RefusalOf(state, one.Grant, shown, request.Purpose) is { } refusal)
            {
                return ReadDecision.Refuse(refusal);
            }
        }

        return ReadDecision.Allow(new ReadPermit(limits, counted));
    }

    private static GrantLimits? Shown(ByteString commitment, BoxRequestBody request)
    {
        LimitsOpening? opening = request.Openings.FirstOrDefault(opening =>
            LimitsCommitment.Of(opening).ToArray().AsSpan().SequenceEqual(commitment.Span));
        return opening is null ? null : LimitsCommitment.Read(opening);
    }

    private static BoxRefusal? RefusalOf(IStateView state, GrantInstance grant, GrantLimits? limits, string purpose)
    {
        if (limits is not null && !LimitsCoverage.CoversPurpose(limits, purpose))
        {
            return BoxRefusals.PurposeNotCovered;
        }

        if (grant.Policy is null || state.Policy(grant.Policy)?.Template is not { } policy)
        {
            return null;
        }

        // Where the grantee was shown no limits, the policy's own purposes are the bound.
        if (policy.Purposes.Count > 0 && !policy.Purposes.Contains(purpose))
        {
            return BoxRefusals.PurposeNotCovered;
        }

        return limits is not null && PrivateClauses.Violated(policy, limits) is { } clause
            ? BoxRefusals.PolicyViolated(clause.ToString())
            : null;
    }
}
