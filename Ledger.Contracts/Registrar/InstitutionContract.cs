using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>RLPC: institutions ask to join, and the members decide. Rule K-4 of the protocol.</summary>
internal static class InstitutionContract
{
    /// <summary>The candidate becomes pending; only votes make it a member.</summary>
    public static OperationResult Register(BlockDraft draft, RegisterInstitution call, CallContext context)
    {
        Institution? known = draft.Institution(context.Actor);
        bool isOther = known is null && draft.CurrentKey(context.Actor) is not null;
        if (isOther || (known is not null && known.Status != InstitutionStatus.Rejected))
        {
            return Outcome.Refused(ResultCode.AlreadyRegistered);
        }

        Address? owner = draft.DomainOwner(call.Domain);
        if (owner is not null)
        {
            return Outcome.Refused(ResultCode.DomainTaken);
        }

        ResultCode? refusal = known is null ? KeyBook.Refusal(draft, context.ActorKey) : null;
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Institution institution = known ?? new Institution();
        institution.Name = call.Name;
        institution.Domain = call.Domain;
        institution.Kind = call.Kind;
        institution.Status = InstitutionStatus.Pending;
        institution.RegisteredHeight = context.Height;
        institution.Ballot++;
        if (known is null)
        {
            KeyBook.OpenFirst(draft, context.Actor, context.ActorKey, context.Height, context.TimeUnixMs);
        }

        Ballot ballot = new()
        {
            Candidate = context.Actor.ToField(),
            OpenedHeight = context.Height,
            State = BallotState.Open,
        };
        draft.Set(StateKeys.Institution(context.Actor), institution);
        draft.Set(StateKeys.Domain(call.Domain), new DomainClaim { Institution = context.Actor.ToField() });
        draft.Set(StateKeys.Ballot(context.Actor, institution.Ballot), ballot);
        draft.Emit(new ContractEvent(ContractEventKind.InstitutionRegistered)
        {
            Actor = context.Actor,
            Subject = context.Actor,
            Number = institution.Ballot,
        });
        return Outcome.Accepted(institution.Ballot);
    }

    /// <summary>Counts a member's vote; the vote that decides settles the ballot.</summary>
    public static OperationResult Vote(BlockDraft draft, VoteInstitution call, CallContext context)
    {
        Roll roll = draft.Roll();
        if (!roll.Members.Contains(context.Actor.ToField()))
        {
            return Outcome.Refused(ResultCode.NotAMember);
        }

        Address candidate = call.Candidate.ToAddress();
        Institution? institution = draft.Institution(candidate);
        if (institution is null)
        {
            return Outcome.Refused(ResultCode.NotRegistered);
        }

        Ballot? ballot = draft.Ballot(candidate, call.Ballot);
        if (ballot is null || ballot.Purpose != BallotPurpose.Admission)
        {
            return Outcome.Refused(ResultCode.NoOpenBallot);
        }

        ResultCode? refusal = BallotRules.Cast(ballot, roll, call.Approve, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        draft.Emit(new ContractEvent(ContractEventKind.InstitutionVoted)
        {
            Actor = context.Actor,
            Subject = candidate,
            Number = call.Ballot,
        });
        Settle(draft, ballot, institution, context);
        draft.Set(StateKeys.Ballot(candidate, call.Ballot), ballot);
        OperationResult result = Outcome.Accepted(call.Ballot);
        result.Ballot = ballot.State;
        return result;
    }

    private static void Settle(BlockDraft draft, Ballot ballot, Institution institution, CallContext context)
    {
        if (ballot.State == BallotState.Open)
        {
            return;
        }

        Address candidate = ballot.Candidate.ToAddress();
        bool approved = ballot.State == BallotState.Approved;
        ulong number = institution.Ballot;
        if (approved)
        {
            number = StandingBook.Begin(draft, candidate, context);
        }
        else
        {
            institution.Status = InstitutionStatus.Rejected;
            draft.Set(StateKeys.Institution(candidate), institution);
        }

        draft.Emit(new ContractEvent(
            approved ? ContractEventKind.InstitutionAdmitted : ContractEventKind.InstitutionRejected)
        {
            Actor = context.Actor,
            Subject = candidate,
            Number = number,
        });
    }
}
