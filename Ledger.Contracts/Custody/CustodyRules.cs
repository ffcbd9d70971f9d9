using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Custody;

/// <summary>Which agreements are in force. The end time alone decides, closed by a block or not.</summary>
public static class CustodyRules
{
    /// <summary>The agreement that is in force between a client and a provider, or null.</summary>
    public static CustodyAgreement? InForce(IStateView state, Address client, Address provider, long timeUnixMs)
    {
        CustodyAgreement? open =
            state.OpenInstance(StateKeys.CustodyAgreements(client, provider), CustodyAgreement.Parser);
        return open is not null
            && open.AcceptedHeight != 0
            && !HasEnded(open, timeUnixMs)
            && state.IsMember(provider)
                ? open
                : null;
    }

    /// <summary>The custodians of a client whose agreements are in force, in the order of acceptance.</summary>
    public static IReadOnlyList<Address> CustodiansOf(IStateView state, Address client, long timeUnixMs) =>
    [
        .. state.CustodyClient(client).Custodians
            .Select(static custodian => custodian.Provider.ToAddress())
            .Where(provider => InForce(state, client, provider, timeUnixMs) is not null),
    ];

    /// <summary>
    /// Whether records of a learner by a writer are backed up: by a custodian of either, other than the writer itself.
    /// </summary>
    public static bool IsBackedUp(IStateView state, Address learner, Address writer, long timeUnixMs) =>
        CustodiansOf(state, learner, timeUnixMs)
            .Concat(CustodiansOf(state, writer, timeUnixMs))
            .Any(custodian => custodian != writer);

    /// <summary>Whether somebody keeps the writer's records: by an agreement with the writer or the learner.</summary>
    public static bool IsCustodian(
        IStateView state, Address custodian, Address learner, Address writer, long timeUnixMs) =>
        custodian != writer
        && (InForce(state, writer, custodian, timeUnixMs) ?? InForce(state, learner, custodian, timeUnixMs))
            is not null;

    /// <summary>Whether an institution will not serve its records any more: its custodians take its place.</summary>
    public static bool HasGone(IStateView state, Address institution) =>
        state.Institution(institution)?.Status
            is InstitutionStatus.Left or InstitutionStatus.Closed or InstitutionStatus.Revoked;

    /// <summary>Whether an offer's or agreement's time is over.</summary>
    public static bool HasEnded(CustodyAgreement agreement, long timeUnixMs) =>
        agreement.Interval.EndUnixMs != 0 && agreement.Interval.EndUnixMs <= timeUnixMs;

    /// <summary>Null for the provider, the client, and whoever may act for a client that is a learner.</summary>
    internal static ResultCode? RefusalOfActor(
        IStateView state, Address client, Address provider, CallContext context, LearnerAct act)
    {
        if (context.Actor == provider)
        {
            return null;
        }

        if (state.Learner(client) is not null)
        {
            return LearnerActors.Refusal(state, client, context.Actor, context.TimeUnixMs, act);
        }

        return context.Actor == client ? null : ResultCode.NoRight;
    }

    /// <summary>
    /// Null for a provider that is a member, and a client that is a learner or an institution with duties: one that is
    /// closed may still find a custodian.
    /// </summary>
    internal static ResultCode? RefusalOfParties(IStateView state, Address client, Address provider) =>
        client == provider
            ? ResultCode.Malformed
            : MemberRules.Refusal(state, provider)
                ?? (state.HasDuties(client) ? null : MemberRules.RefusalOfParty(state, client));
}
