using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>
/// RLPC: an approved change becomes the set of the next block, once q of the new set have signed that they follow the
/// chain. Who is live is never asked. Rules C-19 and C-21 of the protocol.
/// </summary>
internal static class ActivationContract
{
    /// <summary>
    /// By any member, since the approval and the ready signatures carry all authority. Answers the new epoch.
    /// </summary>
    public static OperationResult Activate(BlockDraft draft, SeatActivate call, CallContext context)
    {
        SeatProposal? proposal = draft.SeatProposal(call.Proposal);
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor)
            ?? RefusalOf(proposal, context)
            ?? RefusalOfBase(draft, call, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        (IReadOnlyList<ValidatorSeat> seats, refusal) = SeatRules.Apply(draft, proposal!.Changes);
        refusal ??= RefusalOfSet(seats, call, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        proposal.ActivatedHeight = context.Height;
        draft.Set(StateKeys.SeatProposals.At(call.Proposal), proposal);
        ulong epoch = SeatBook.Change(draft, seats, context.Height);
        draft.Emit(new ContractEvent(ContractEventKind.SeatsActivated) { Actor = context.Actor, Number = epoch });
        return Outcome.Accepted(epoch);
    }

    private static ResultCode? RefusalOf(SeatProposal? proposal, CallContext context)
    {
        if (proposal is null)
        {
            return ResultCode.NoProposal;
        }

        if (proposal.ActivatedHeight != 0)
        {
            return ResultCode.AlreadyActivated;
        }

        bool isOver = proposal.Ballot.State == BallotState.Expired
            || (proposal.Ballot.State != BallotState.Rejected
                && BallotRules.HasEnded(proposal.Ballot, context.TimeUnixMs));
        if (isOver)
        {
            return ResultCode.ProposalExpired;
        }

        return proposal.Ballot.State == BallotState.Approved ? null : ResultCode.NotApproved;
    }

    // The set that begins with the next block is the mark of an activation in this one.
    private static ResultCode? RefusalOfBase(BlockDraft draft, SeatActivate call, CallContext context)
    {
        ValidatorSetInstance? current =
            draft.OpenInstance(StateKeys.ValidatorSets, ValidatorSetInstance.Parser);
        Invariant.That(current is not null, "the founders' set is written down with the first proposal");
        if (current.Interval.FromHeight > context.Height)
        {
            return ResultCode.SecondActivation;
        }

        if (call.Epoch != current.Epoch)
        {
            return ResultCode.WrongEpoch;
        }

        return call.OldSet == current.Hash ? null : ResultCode.WrongOldSet;
    }

    private static ResultCode? RefusalOfSet(
        IReadOnlyList<ValidatorSeat> seats, SeatActivate call, CallContext context)
    {
        if (call.NewSet != ValidatorSeat.HashOf(seats).ToField())
        {
            return ResultCode.WrongNewSet;
        }

        int previous = -1;
        foreach (ReadyMark mark in call.Ready)
        {
            if (mark.Validator <= previous)
            {
                return ResultCode.ReadyRepeated;
            }

            if (mark.Validator >= seats.Count || mark.VoteKey != seats[(int)mark.Validator].VoteKey.ToField())
            {
                return ResultCode.ReadyNotOfSet;
            }

            if (!context.Heads.Contains(mark.HeadHeight, new Hash256(mark.HeadHash.Span)))
            {
                return ResultCode.StaleHead;
            }

            previous = (int)mark.Validator;
        }

        return call.Ready.Count >= Quorum.Size(seats.Count) ? null : ResultCode.NotReady;
    }
}
