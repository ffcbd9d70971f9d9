using Ledger.Contracts.Custody;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.ProviderIndex;
using Ledger.Contracts.State;
using Ledger.Contracts.UserIndex;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>LLPC: ending grants and default rights. No limit ever refuses it. Rule K-12 of the protocol.</summary>
internal static class RevocationContract
{
    /// <summary>
    /// The learner ends any grant, a grantor its own; the learner also ends a former institution's default right.
    /// </summary>
    public static OperationResult Revoke(BlockDraft draft, LlpcRevoke call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = WriterRules.RefusalOfLlpc(draft, llpc, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        return call.Grant == 0
            ? RevokeDefaultRight(draft, llpc, call.Institution.ToAddress(), context)
            : End(draft, llpc, call.Grant, ContractEventKind.AccessRevoked, context);
    }

    /// <summary>A grantee gives a grant up, be it a member still or not.</summary>
    public static OperationResult Renounce(BlockDraft draft, LlpcRenounce call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = draft.HasDuties(context.Actor)
            ? WriterRules.RefusalOfName(draft, llpc)
            : WriterRules.RefusalOfLlpc(draft, llpc, context);
        return refusal is not null
            ? Outcome.Refused(refusal.Value)
            : End(draft, llpc, call.Grant, ContractEventKind.AccessRenounced, context);
    }

    private static OperationResult End(
        BlockDraft draft, LlpcName llpc, ulong number, ContractEventKind kind, CallContext context)
    {
        LiveGrants live = draft.LiveGrants(llpc);
        GrantInstance? grant = live.Grants.FirstOrDefault(candidate => candidate.Number == number)?.Grant;
        if (grant is null)
        {
            return Outcome.Refused(ResultCode.NoGrant);
        }

        bool mayEnd = kind == ContractEventKind.AccessRenounced
            ? grant.Grantee.ToAddress() == context.Actor
            : LearnerActors.MayActFor(draft, llpc.Learner, context, LearnerAct.Protect)
                || grant.Grantor.ToAddress() == context.Actor;
        if (!mayEnd)
        {
            return Outcome.Refused(ResultCode.NoRight);
        }

        GrantBook.Close(
            draft,
            llpc,
            live,
            candidate => candidate.Number == number,
            ended => GrantBook.EventOf(kind, llpc, ended) with { Actor = context.Actor },
            context.Height);
        return Outcome.Accepted(number);
    }

    private static OperationResult RevokeDefaultRight(
        BlockDraft draft, LlpcName llpc, Address institution, CallContext context)
    {
        ResultCode? refusal = RefusalOfDefaultRight(draft, llpc, institution, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        LiveGrants live = draft.LiveGrants(llpc);
        GrantBook.Close(
            draft,
            llpc,
            live,
            candidate => candidate.Grant.Parent == 0 && candidate.Grant.Grantor.ToAddress() == institution,
            ended => GrantBook.EventOf(ContractEventKind.AccessRevoked, llpc, ended) with { Actor = context.Actor },
            context.Height);
        CloseOwnEntries(draft, llpc, institution, context.Height);

        // A grant from somebody else survives and needs entries of its own.
        LiveGrant? support = live.Grants.FirstOrDefault(other => other.Grant.Grantee.ToAddress() == institution);
        if (support is not null)
        {
            GrantBook.OpenEntries(draft, llpc, institution, support.Number, context.Height);
        }

        draft.Emit(ContractEvent.Of(ContractEventKind.DefaultRightRevoked, llpc) with
        {
            Actor = context.Actor,
            Subject = institution,
        });
        return Outcome.Accepted();
    }

    private static ResultCode? RefusalOfDefaultRight(
        BlockDraft draft, LlpcName llpc, Address institution, CallContext context)
    {
        if (!LearnerActors.MayActFor(draft, llpc.Learner, context, LearnerAct.Protect))
        {
            return ResultCode.NoRight;
        }

        if (draft.IsEnrolled(llpc.Learner, institution))
        {
            return ResultCode.CurrentInstitution;
        }

        if (institution == llpc.Learner || AccessRights.DefaultBits(draft, llpc, institution) == AccessBits.None)
        {
            return ResultCode.NoGrant;
        }

        Llpc value = draft.Llpc(llpc)!;
        bool isHolder = value.Holders.Any(holder => holder.ToAddress() == institution);
        bool othersHold = value.Holders.Any(holder =>
            holder.ToAddress() != institution
            && AccessRights.Of(draft, llpc, holder.ToAddress(), context.TimeUnixMs).Bits != AccessBits.None);
        return isHolder && !othersHold && !CustodyRules.IsBackedUp(
            draft, llpc.Learner, institution, context.TimeUnixMs)
                ? ResultCode.LastHolder
                : null;
    }

    private static void CloseOwnEntries(BlockDraft draft, LlpcName llpc, Address institution, ulong height)
    {
        UserIndexBook.Close(draft, llpc, institution, height);
        if (ProviderIndexBook.OpenEntry(draft, llpc, institution)?.Grant == 0)
        {
            ProviderIndexBook.Close(draft, llpc, institution, height);
        }
    }
}
