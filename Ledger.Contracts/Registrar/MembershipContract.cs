using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>
/// RLPC: the members end an institution's right to transact, or it leaves by itself. It works at once; a seat stays
/// until a change of seats takes it, and its votes stay valid in certificates. Rules K-14 and K-61 of the protocol.
/// </summary>
internal static class MembershipContract
{
    /// <summary>Opens a ballot on the institution, with the actor's approval.</summary>
    public static OperationResult Accuse(BlockDraft draft, MembershipRevoke call, CallContext context)
    {
        Roll roll = draft.Roll();
        Address accused = call.Institution.ToAddress();
        ResultCode? refusal = roll.Members.Contains(context.Actor.ToField())
            ? MemberRules.RefusalOfDuties(draft, accused)
            : ResultCode.NotAMember;
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Institution institution = draft.Institution(accused)!;
        Ballot? before = draft.Ballot(accused, institution.Ballot);
        if (before is not null && BallotRules.IsOpen(before, context.TimeUnixMs))
        {
            return Outcome.Refused(ResultCode.BallotIsOpen);
        }

        if (before is not null)
        {
            MarkExpired(draft, before, accused, institution.Ballot, context);
        }

        institution.Ballot++;
        draft.Set(StateKeys.Institution(accused), institution);
        Ballot ballot = new()
        {
            Candidate = accused.ToField(),
            OpenedHeight = context.Height,
            State = BallotState.Open,
            Purpose = BallotPurpose.Revocation,
            EndUnixMs = context.TimeUnixMs + SeatLimits.BallotMs,
        };
        Emit(draft, ContractEventKind.RevocationProposed, accused, institution.Ballot, context);
        return Count(draft, ballot, institution, approve: true, context);
    }

    /// <summary>Counts a vote; the one that decides settles the ballot.</summary>
    public static OperationResult Vote(BlockDraft draft, RevocationVote call, CallContext context)
    {
        if (!draft.Roll().Members.Contains(context.Actor.ToField()))
        {
            return Outcome.Refused(ResultCode.NotAMember);
        }

        Address accused = call.Institution.ToAddress();
        Institution? institution = draft.Institution(accused);
        if (institution is null)
        {
            return Outcome.Refused(ResultCode.NotRegistered);
        }

        Ballot? ballot = call.Ballot == institution.Ballot ? draft.Ballot(accused, call.Ballot) : null;
        if (ballot is null || ballot.Purpose != BallotPurpose.Revocation)
        {
            return Outcome.Refused(ResultCode.NoOpenBallot);
        }

        return Count(draft, ballot, institution, call.Approve, context);
    }

    /// <summary>
    /// The actor ends its own membership. A seat is given back first: its votes are needed until another takes it.
    /// </summary>
    public static OperationResult Leave(BlockDraft draft, CallContext context)
    {
        bool holdsSeat = draft.Roll().Seats.Any(seat => seat.Address.ToAddress() == context.Actor);
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor)
            ?? (holdsSeat ? ResultCode.HoldsSeat : StandingBook.RefusalOfRoll(draft, context.Actor));
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        ulong number = StandingBook.End(draft, context.Actor, InstitutionStatus.Left, context);
        Emit(draft, ContractEventKind.InstitutionLeft, context.Actor, number, context);
        return Outcome.Accepted(number);
    }

    private static OperationResult Count(
        BlockDraft draft, Ballot ballot, Institution institution, bool approve, CallContext context)
    {
        Roll roll = draft.Roll();
        Address accused = ballot.Candidate.ToAddress();
        ResultCode? refusal = BallotRules.Cast(ballot, roll, approve, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        draft.Set(StateKeys.Ballot(accused, institution.Ballot), ballot);
        Emit(draft, ContractEventKind.RevocationVoted, accused, institution.Ballot, context);
        if (ballot.State == BallotState.Approved)
        {
            Revoke(draft, accused, context);
        }
        else if (ballot.State == BallotState.Rejected)
        {
            Emit(draft, ContractEventKind.RevocationRejected, accused, institution.Ballot, context);
        }

        OperationResult result = Outcome.Accepted(institution.Ballot);
        result.Ballot = ballot.State;
        return result;
    }

    // Without an open signing key no transaction by this address is valid any more.
    private static void Revoke(BlockDraft draft, Address accused, CallContext context)
    {
        ulong number = StandingBook.End(draft, accused, InstitutionStatus.Revoked, context);
        KeyBook.Close(draft, accused, context);
        Emit(draft, ContractEventKind.InstitutionRevoked, accused, number, context);
    }

    private static void MarkExpired(
        BlockDraft draft, Ballot ballot, Address accused, ulong number, CallContext context)
    {
        if (ballot.State == BallotState.Open)
        {
            ballot.State = BallotState.Expired;
            ballot.SettledHeight = context.Height;
            draft.Set(StateKeys.Ballot(accused, number), ballot);
        }
    }

    private static void Emit(
        BlockDraft draft, ContractEventKind kind, Address accused, ulong number, CallContext context) =>
        draft.Emit(new ContractEvent(kind) { Actor = context.Actor, Subject = accused, Number = number });
}
