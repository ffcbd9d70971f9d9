using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>LLPC: creating it and inserting records. Rule K-9 of the protocol.</summary>
internal static class RecordContract
{
    /// <summary>By the learner, or by an institution with an open enrolment of the learner.</summary>
    public static OperationResult Create(BlockDraft draft, LlpcCreate call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = MemberRules.RefusalOfParty(draft, context.Actor);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        if (draft.Learner(llpc.Learner) is null)
        {
            return Outcome.Refused(ResultCode.NotALearner);
        }

        if (!WriterRules.HasOwnRight(draft, llpc, context))
        {
            return Outcome.Refused(ResultCode.NotEnrolled);
        }

        if (WriterRules.RefusalOfOptOut(draft, llpc, context) is { } optedOut)
        {
            return Outcome.Refused(optedOut);
        }

        if (draft.TryGet(StateKeys.Llpc(llpc), out _))
        {
            return Outcome.Refused(ResultCode.LlpcExists);
        }

        draft.Set(StateKeys.Llpc(llpc), new Llpc
        {
            CreatedHeight = context.Height,
            Creator = context.Actor.ToField(),
            Verb = llpc.Verb,
        });
        draft.Emit(ContractEvent.Of(ContractEventKind.LlpcCreated, llpc) with { Actor = context.Actor });
        return Outcome.Accepted();
    }

    /// <summary>Appends records to the actor's range. Both of the actor's index entries must be open.</summary>
    public static OperationResult Insert(BlockDraft draft, LlpcInsert call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = WriterRules.Refusal(draft, llpc, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        if (draft.OpenNumber(StateKeys.UserIndexEntries(llpc, context.Actor)) == 0
            || draft.OpenNumber(StateKeys.ProviderIndexEntries(context.Actor, llpc)) == 0)
        {
            return Outcome.Refused(ResultCode.NotIndexed);
        }

        RecordRange range = draft.RecordRange(llpc, context.Actor);
        ulong first = range.Count;
        foreach (RecordEntry entry in call.Records)
        {
            AnchoredRecord? earlier = draft.FindRecord(RecordIndexKey.Of(context.Actor, entry.Locator));
            if (earlier is not null)
            {
                return RefuseAgain(earlier, llpc, entry);
            }

            Append(draft, llpc, range, entry, context);
        }

        draft.Set(StateKeys.RecordRange(llpc, context.Actor), range);
        if (first == 0)
        {
            AddHolder(draft, llpc, context.Actor, context.Height);
        }

        draft.Emit(ContractEvent.Of(ContractEventKind.RecordsInserted, llpc) with
        {
            Actor = context.Actor,
            Subject = context.Actor,
            Number = first,
        });
        OperationResult result = Outcome.Accepted();
        result.Index = first;
        return result;
    }

    private static void Append(
        BlockDraft draft, LlpcName llpc, RecordRange range, RecordEntry entry, CallContext context)
    {
        RecordLeaf leaf = new()
        {
            Index = range.Count,
            Height = context.Height,
            Locator = entry.Locator,
            Commitment = entry.Commitment,
            SelfReported = context.Actor == llpc.Learner,
        };
        RecordRanges.Append(range, RangeLeaf.OfRecord(leaf), context.Height);
        draft.Append(new AppendedRecord(llpc, context.Actor, leaf));
    }

    // The same record in another LLPC is a conflict: a record has one learner and one verb.
    private static OperationResult RefuseAgain(AnchoredRecord earlier, LlpcName llpc, RecordEntry entry)
    {
        bool isSame = earlier.Commitment == new Hash256(entry.Commitment.Span)
            && earlier.Learner == llpc.Learner
            && earlier.VerbHash == llpc.VerbHash;
        OperationResult result = Outcome.Refused(isSame ? ResultCode.AlreadyAnchored : ResultCode.Conflict);
        result.Height = earlier.Height;
        result.Index = earlier.Index;
        return result;
    }

    // A learner that reports its own records has no store that serves them.
    private static void AddHolder(BlockDraft draft, LlpcName llpc, Address writer, ulong height)
    {
        Llpc value = draft.Llpc(llpc)!;
        if (writer != llpc.Learner && AddressList.Insert(value.Holders, writer))
        {
            draft.Set(StateKeys.Llpc(llpc), value);
            HoldingBook.Add(draft, llpc.Learner, writer, height);
        }
    }
}
