using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Custody;

/// <summary>
/// Agreements between a client, who is a learner or an institution, and a provider. Rule K-18 of the protocol.
/// </summary>
internal static class AgreementContract
{
    /// <summary>By either of the two, on a plan that is open.</summary>
    public static OperationResult Offer(BlockDraft draft, CustodyOffer call, CallContext context)
    {
        Address client = call.Client.ToAddress();
        Address provider = call.Provider.ToAddress();
        ResultCode? refusal = CustodyRules.RefusalOfParties(draft, client, provider)
            ?? CustodyRules.RefusalOfActor(draft, client, provider, context, LearnerAct.Consent);
        CustodyPlan? plan = draft.CustodyPlan(provider, call.Plan);
        refusal ??= plan is null || plan.Interval.ToHeight != 0 ? ResultCode.NoPlan : null;
        refusal ??= IsOpen(draft, client, provider, context) ? ResultCode.AgreementExists : null;
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        CustodyBook.CloseEnded(draft, client, provider, context);
        CustodyAgreement offer = new()
        {
            Interval = new Interval
            {
                FromHeight = context.Height,
                EndUnixMs = checked(context.TimeUnixMs + CustodyLimits.OfferMs),
            },
            Client = call.Client,
            Provider = call.Provider,
            Plan = call.Plan,
            OfferedBy = context.Actor.ToField(),
            NoticeDays = plan!.NoticeDays,
        };
        return Accept(draft, ContractEventKind.CustodyOffered, offer, CustodyBook.Open(draft, offer), context);
    }

    /// <summary>By the side that did not offer; the plan it names is the one it read.</summary>
    public static OperationResult Accept(BlockDraft draft, CustodyAccept call, CallContext context)
    {
        Address client = call.Client.ToAddress();
        Address provider = call.Provider.ToAddress();
        (CustodyAgreement? offer, ResultCode? refusal) =
            Find(draft, client, provider, call.Agreement, context, LearnerAct.Consent);
        refusal ??= CustodyRules.RefusalOfParties(draft, client, provider) ?? RefusalOf(draft, offer!, call, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        CustodyBook.Accept(draft, offer!, call.Agreement, context.Height);
        return Accept(draft, ContractEventKind.CustodyAgreed, offer!, call.Agreement, context);
    }

    /// <summary>By either side: an offer at once, an agreement after its notice.</summary>
    public static OperationResult End(BlockDraft draft, CustodyEnd call, CallContext context)
    {
        (CustodyAgreement? agreement, ResultCode? refusal) = Find(
            draft,
            call.Client.ToAddress(),
            call.Provider.ToAddress(),
            call.Agreement,
            context,
            LearnerAct.Protect);
        bool isOffer = agreement?.AcceptedHeight == 0;
        refusal ??= !isOffer && agreement!.Interval.EndUnixMs != 0 ? ResultCode.AlreadyEnding : null;
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        if (isOffer)
        {
            CustodyBook.Close(draft, agreement!, call.Agreement, context.Height);
            return Accept(draft, ContractEventKind.CustodyEnded, agreement!, call.Agreement, context);
        }

        long end = checked(context.TimeUnixMs + (agreement!.NoticeDays * BlockDay.LengthMs));
        CustodyBook.GiveNotice(draft, agreement, call.Agreement, end);
        return Accept(draft, ContractEventKind.CustodyNoticeGiven, agreement, call.Agreement, context);
    }

    private static ResultCode? RefusalOf(
        BlockDraft draft, CustodyAgreement offer, CustodyAccept call, CallContext context)
    {
        if (offer.AcceptedHeight != 0)
        {
            return ResultCode.AlreadyAccepted;
        }

        bool offeredByProvider = offer.OfferedBy == call.Provider;
        if (offeredByProvider == (context.Actor == call.Provider.ToAddress()))
        {
            return ResultCode.NoRight;
        }

        if (offer.Plan != call.Plan)
        {
            return ResultCode.PlanDiffers;
        }

        if (draft.CustodyPlan(call.Provider.ToAddress(), offer.Plan)!.Interval.ToHeight != 0)
        {
            return ResultCode.NoPlan;
        }

        return draft.CustodyClient(call.Client.ToAddress()).Custodians.Count >= CustodyLimits.CustodiansMax
            ? ResultCode.TooManyCustodians
            : null;
    }

    private static (CustodyAgreement? Agreement, ResultCode? Refusal) Find(
        BlockDraft draft, Address client, Address provider, ulong number, CallContext context, LearnerAct act)
    {
        if (CustodyRules.RefusalOfActor(draft, client, provider, context, act) is { } refusal)
        {
            return (null, refusal);
        }

        return IsOpen(draft, client, provider, context)
            && draft.OpenNumber(StateKeys.CustodyAgreements(client, provider)) == number
                ? (draft.OpenInstance(StateKeys.CustodyAgreements(client, provider), CustodyAgreement.Parser), null)
                : (null, ResultCode.NoAgreement);
    }

    private static bool IsOpen(BlockDraft draft, Address client, Address provider, CallContext context)
    {
        CustodyAgreement? open =
            draft.OpenInstance(StateKeys.CustodyAgreements(client, provider), CustodyAgreement.Parser);
        return open is not null && !CustodyRules.HasEnded(open, context.TimeUnixMs);
    }

    private static OperationResult Accept(
        BlockDraft draft, ContractEventKind kind, CustodyAgreement agreement, ulong number, CallContext context)
    {
        draft.Emit(CustodyBook.EventOf(kind, agreement, number) with { Actor = context.Actor });
        return Outcome.Accepted(number);
    }
}
