using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>
/// RLPC: changes of seats are proposed and voted on. An approved one waits until <see cref="ActivationContract"/> makes
/// it the set. Rules K-4 and C-19 of the protocol.
/// </summary>
internal static class SeatContract
{
    /// <summary>Opens a ballot on a list of changes, with the actor's approval.</summary>
    public static OperationResult Propose(BlockDraft draft, SeatPropose call, CallContext context)
    {
        Roll roll = draft.Roll();
        if (!roll.Members.Contains(context.Actor.ToField()))
        {
            return Outcome.Refused(ResultCode.NotAMember);
        }

        // Members must not be able to give an institution's seat to a key that is not its own.
        if (call.Changes.Any(change => !change.VoteKey.IsEmpty && !context.HasSigned(change.Institution.ToAddress())))
        {
            return Outcome.Refused(ResultCode.MissingSignature);
        }

        Ballot ballot = new()
        {
            OpenedHeight = context.Height,
            State = BallotState.Open,
            Purpose = BallotPurpose.Seats,
            EndUnixMs = context.TimeUnixMs + SeatLimits.BallotMs,
        };
        SeatProposal proposal = new() { Ballot = ballot };
        proposal.Changes.AddRange(call.Changes);
        (ulong number, ResultCode? refusal) = Add(draft, proposal, context);
        return refusal is null
            ? Count(draft, proposal, number, approve: true, context)
            : Outcome.Refused(refusal.Value);
    }

    /// <summary>Counts a vote; the one that decides settles the ballot.</summary>
    public static OperationResult Vote(BlockDraft draft, SeatVote call, CallContext context)
    {
        if (!draft.Roll().Members.Contains(context.Actor.ToField()))
        {
            return Outcome.Refused(ResultCode.NotAMember);
        }

        SeatProposal? proposal = draft.SeatProposal(call.Proposal);
        return proposal is null
            ? Outcome.Refused(ResultCode.NoProposal)
            : Count(draft, proposal, call.Proposal, call.Approve, context);
    }

    /// <summary>
    /// The holder of a seat gives it another vote key: approved at once, since nobody else is concerned.
    /// </summary>
    public static OperationResult Rotate(BlockDraft draft, SeatRotate call, CallContext context)
    {
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        SeatProposal proposal = new()
        {
            Ballot = new Ballot
            {
                OpenedHeight = context.Height,
                SettledHeight = context.Height,
                State = BallotState.Approved,
                Purpose = BallotPurpose.Seats,
                EndUnixMs = context.TimeUnixMs + SeatLimits.ActivationMs,
            },
        };
        proposal.Changes.Add(new SeatChange
        {
            Kind = SeatChangeKind.Rotate,
            Institution = context.Actor.ToField(),
            VoteKey = call.VoteKey,
            Proof = call.Proof,
            OldVoteKey = call.OldVoteKey,
        });
        (ulong number, refusal) = Add(draft, proposal, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        draft.Set(StateKeys.SeatProposals.At(number), proposal);
        Emit(draft, ContractEventKind.SeatsApproved, number, context);
        OperationResult result = Outcome.Accepted(number);
        result.Ballot = BallotState.Approved;
        return result;
    }

    // Numbers the proposal and counts it among the actor's. What was changed before a refusal is taken back.
    private static (ulong Number, ResultCode? Refusal) Add(
        BlockDraft draft, SeatProposal proposal, CallContext context)
    {
        SeatBook.Begin(draft);
        (_, ResultCode? refusal) = SeatRules.Apply(draft, proposal.Changes);
        if (refusal is not null)
        {
            return (0, refusal);
        }

        SeatProposer mine = new();
        mine.Proposals.AddRange(Unsettled(draft, context));
        if (mine.Proposals.Count >= SeatLimits.ProposalsMax)
        {
            return (0, ResultCode.TooManyProposals);
        }

        Counter counter = draft.Find(StateKeys.SeatProposals.Counter, Counter.Parser) ?? new Counter();
        counter.Count++;
        draft.Set(StateKeys.SeatProposals.Counter, counter);
        mine.Proposals.Add(counter.Count);
        draft.Set(StateKeys.SeatProposer(context.Actor), mine);
        proposal.Proposer = context.Actor.ToField();
        Emit(draft, ContractEventKind.SeatsProposed, counter.Count, context);
        return (counter.Count, null);
    }

    private static IEnumerable<ulong> Unsettled(BlockDraft draft, CallContext context)
    {
        SeatProposer mine =
            draft.Find(StateKeys.SeatProposer(context.Actor), SeatProposer.Parser) ?? new SeatProposer();
        foreach (ulong number in mine.Proposals)
        {
            SeatProposal proposal = draft.SeatProposal(number)!;
            if (proposal.Ballot.State == BallotState.Rejected || proposal.ActivatedHeight != 0)
            {
                continue;
            }

            if (BallotRules.HasEnded(proposal.Ballot, context.TimeUnixMs))
            {
                proposal.Ballot.State = BallotState.Expired;
                proposal.Ballot.SettledHeight = context.Height;
                draft.Set(StateKeys.SeatProposals.At(number), proposal);
                continue;
            }

            yield return number;
        }
    }

    private static OperationResult Count(
        BlockDraft draft, SeatProposal proposal, ulong number, bool approve, CallContext context)
    {
        ResultCode? refusal = BallotRules.Cast(proposal.Ballot, draft.Roll(), approve, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Emit(draft, ContractEventKind.SeatsVoted, number, context);
        if (proposal.Ballot.State == BallotState.Approved)
        {
            proposal.Ballot.EndUnixMs = context.TimeUnixMs + SeatLimits.ActivationMs;
            Emit(draft, ContractEventKind.SeatsApproved, number, context);
        }
        else if (proposal.Ballot.State == BallotState.Rejected)
        {
            Emit(draft, ContractEventKind.SeatsRejected, number, context);
        }

        draft.Set(StateKeys.SeatProposals.At(number), proposal);
        OperationResult result = Outcome.Accepted(number);
        result.Ballot = proposal.Ballot.State;
        return result;
    }

    private static void Emit(BlockDraft draft, ContractEventKind kind, ulong number, CallContext context) =>
        draft.Emit(new ContractEvent(kind) { Actor = context.Actor, Number = number });
}
