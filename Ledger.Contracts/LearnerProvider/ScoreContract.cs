using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>LLPC: scores of records, sealed or public. Rule K-31 of the protocol.</summary>
internal static class ScoreContract
{
    /// <summary>
    /// By the writer of the record, while it may write; a public score takes the learner's signature too.
    /// </summary>
    public static OperationResult Score(BlockDraft draft, LlpcScore call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        InstanceSeries series = StateKeys.Scores(llpc, context.Actor, call.Index);
        ResultCode? refusal = WriterRules.Refusal(draft, llpc, context)
            ?? RefusalOfRecord(draft, llpc, series, call, context)
            ?? RefusalOfPublic(draft, llpc, call, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        ScoreInstance score = new() { Interval = Instances.From(context.Height) };
        if (call.ContentCase == LlpcScore.ContentOneofCase.Public)
        {
            score.Public = call.Public;
        }
        else
        {
            score.Sealed = call.Sealed;
        }

        Instances.Close(draft, series, ScoreInstance.Parser, static value => value.Interval, context.Height);
        ulong number = Instances.Open(draft, series, score);
        draft.Emit(ContractEvent.Of(ContractEventKind.ScoreRecorded, llpc) with
        {
            Actor = context.Actor,
            Subject = context.Actor,
            Number = call.Index,
        });
        return Outcome.Accepted(number);
    }

    private static ResultCode? RefusalOfRecord(
        BlockDraft draft, LlpcName llpc, InstanceSeries series, LlpcScore call, CallContext context)
    {
        if (call.Index >= draft.RecordRange(llpc, context.Actor).Count)
        {
            return ResultCode.NoRecord;
        }

        ulong count = draft.Find(series.Counter, Counter.Parser)?.Count ?? 0;
        return count >= LlpcLimits.ScoresMax ? ResultCode.TooManyScores : null;
    }

    // What everybody can read of a learner, the learner has signed.
    private static ResultCode? RefusalOfPublic(
        BlockDraft draft, LlpcName llpc, LlpcScore call, CallContext context)
    {
        if (call.ContentCase != LlpcScore.ContentOneofCase.Public)
        {
            return null;
        }

        PublicScore score = call.Public;
        if (score.Min > score.Max || score.Raw < score.Min || score.Raw > score.Max)
        {
            return ResultCode.ScoreOutOfRange;
        }

        return LearnerActors.RefusalOfConsent(draft, llpc.Learner, context);
    }
}
