using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Trail;

/// <summary>
/// The access trail: reads of a learner's records, each as a commitment in the order of the ledger. Rule K-17.
/// </summary>
internal static class TrailContract
{
    /// <summary>
    /// By an institution that holds, or held, records of the learner. Whoever serves them keeps this duty, also once it
    /// is no member any more: a read that could not be entered could not be answered.
    /// </summary>
    public static OperationResult Append(BlockDraft draft, TrailAppend call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        ResultCode? refusal = Refusal(draft, learner, context.Actor);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        StateKey key = StateKeys.Trail(learner);
        RecordRange trail = draft.Trail(learner);
        ulong first = trail.Count;
        foreach (ByteString commitment in call.Commitments)
        {
            TrailLeaf leaf = new()
            {
                Index = trail.Count,
                Height = context.Height,
                Institution = context.Actor.ToField(),
                Commitment = commitment,
            };
            RecordRanges.Append(trail, leaf.LeafHash, context.Height);
            draft.Append(key, new AppendedTrailEntry(learner, leaf));
        }

        draft.Set(key, trail);
        draft.Emit(new ContractEvent(ContractEventKind.TrailAppended)
        {
            Actor = context.Actor,
            Learner = learner,
            Subject = context.Actor,
            Number = first,
        });
        OperationResult result = Outcome.Accepted();
        result.Index = first;
        return result;
    }

    private static ResultCode? Refusal(BlockDraft draft, Address learner, Address actor)
    {
        if (draft.Institution(actor) is null)
        {
            return ResultCode.NotRegistered;
        }

        if (draft.Learner(learner) is null)
        {
            return ResultCode.NotALearner;
        }

        return draft.Holding(learner, actor) is null ? ResultCode.NoDuty : null;
    }
}
