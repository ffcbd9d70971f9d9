using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Measures;

/// <summary>
/// RLPC: what the members decide by vote, whatever it is. The vote that decides applies it at once. Rule K-60 of the
/// protocol.
/// </summary>
internal static class MeasureContract
{
    /// <summary>Opens a ballot on a measure, with the actor's approval.</summary>
    public static OperationResult Propose(BlockDraft draft, MeasurePropose call, CallContext context)
    {
        ResultCode? refusal = RefuseNonVoter(draft, context)
            ?? MeasureTable.Refusal(draft, call.Measure, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        MeasureProposer mine = new();
        mine.Measures.AddRange(Unsettled(draft, context));
        if (mine.Measures.Count >= MeasureLimits.MeasuresMax)
        {
            return Outcome.Refused(ResultCode.TooManyMeasures);
        }

        Counter counter = draft.Find(StateKeys.Measures.Counter, Counter.Parser) ?? new Counter();
        counter.Count++;
        draft.Set(StateKeys.Measures.Counter, counter);
        mine.Measures.Add(counter.Count);
        draft.Set(StateKeys.MeasureProposer(context.Actor), mine);
        bool takesVote = MeasureTable.TakesSubjectsVote(call.Measure);
        MeasureProposal proposal = new()
        {
            Proposer = context.Actor.ToField(),
            Measure = call.Measure,
            Ballot = new Ballot
            {
                Candidate = takesVote ? MeasureTable.Subject(call.Measure) : ByteString.Empty,
                OpenedHeight = context.Height,
                State = BallotState.Open,
                Purpose = BallotPurpose.Measure,
                EndUnixMs = context.TimeUnixMs + MeasureLimits.BallotMs,
            },
        };
        Emit(draft, ContractEventKind.MeasureProposed, proposal, counter.Count, context);
        return Count(draft, proposal, counter.Count, approve: true, context);
    }

    /// <summary>Counts a vote; the one that decides settles the ballot, and applies the measure.</summary>
    public static OperationResult Vote(BlockDraft draft, MeasureVote call, CallContext context)
    {
        ResultCode? refusal = RefuseNonVoter(draft, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        MeasureProposal? proposal = draft.Measure(call.Measure);
        return proposal is null
            ? Outcome.Refused(ResultCode.NoMeasure)
            : Count(draft, proposal, call.Measure, call.Approve, context);
    }

    private static ResultCode? RefuseNonVoter(BlockDraft draft, CallContext context) =>
        draft.Roll().Members.Contains(context.Actor.ToField()) ? null : ResultCode.NotAMember;

    private static IEnumerable<ulong> Unsettled(BlockDraft draft, CallContext context)
    {
        MeasureProposer mine =
            draft.Find(StateKeys.MeasureProposer(context.Actor), MeasureProposer.Parser) ?? new MeasureProposer();
        foreach (ulong number in mine.Measures)
        {
            MeasureProposal proposal = draft.Measure(number)!;
            if (proposal.Ballot.State != BallotState.Open)
            {
                continue;
            }

            if (BallotRules.HasEnded(proposal.Ballot, context.TimeUnixMs))
            {
                proposal.Ballot.State = BallotState.Expired;
                proposal.Ballot.SettledHeight = context.Height;
                draft.Set(StateKeys.Measures.At(number), proposal);
                continue;
            }

            yield return number;
        }
    }

    private static OperationResult Count(
        BlockDraft draft, MeasureProposal proposal, ulong number, bool approve, CallContext context)
    {
        ResultCode? refusal = BallotRules.Cast(proposal.Ballot, draft.Roll(), approve, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Emit(draft, ContractEventKind.MeasureVoted, proposal, number, context);
        if (proposal.Ballot.State == BallotState.Approved)
        {
            Apply(draft, proposal, number, context);
        }
        else if (proposal.Ballot.State == BallotState.Rejected)
        {
            Emit(draft, ContractEventKind.MeasureRejected, proposal, number, context);
        }

        draft.Set(StateKeys.Measures.At(number), proposal);
        OperationResult result = Outcome.Accepted(number);
        result.Ballot = proposal.Ballot.State;
        result.WithoutEffect = proposal.WithoutEffect;
        return result;
    }

    // The state may have changed since the measure was proposed. The vote counts all the same: refused, it would leave
    // the ballot open for ever.
    private static void Apply(BlockDraft draft, MeasureProposal proposal, ulong number, CallContext context)
    {
        ResultCode? refusal = MeasureTable.Refusal(draft, proposal.Measure, context);
        if (refusal is not null)
        {
            proposal.WithoutEffect = refusal.Value;
            Emit(draft, ContractEventKind.MeasureWithoutEffect, proposal, number, context);
            return;
        }

        Emit(draft, ContractEventKind.MeasureApplied, proposal, number, context);
        MeasureTable.Apply(draft, proposal.Measure, context);
    }

    private static void Emit(
        BlockDraft draft, ContractEventKind kind, MeasureProposal proposal, ulong number, CallContext context)
    {
        ByteString subject = MeasureTable.Subject(proposal.Measure);
        draft.Emit(new ContractEvent(kind)
        {
            Actor = context.Actor,
            Subject = subject.IsEmpty ? null : subject.ToAddress(),
            Number = number,
        });
    }
}
