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
        ResultCode? refusal = MemberRules.RefusalOfParty(draft, context);
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
        WriterPlace place = draft.Writers.Of(call, context.Actor);
        LlpcName llpc = place.Name.Llpc;
        ResultCode? refusal = Refusal(draft, llpc, place, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        ReadOnlySpan<byte> before = draft.Read(place.Range).Span;
        GrowingRange range = new(before, stackalloc Hash256[GrowingRange.PeaksAfter(before, call.Records.Count)]);
        ulong first = range.Count;
        for (int number = 0; number < call.Records.Count; number++)
        {
            RecordEntry entry = call.Records[number];
            AnchoredRecord? earlier = draft.FindRecord(RecordIndexKey.Of(context.Actor, entry.Locator));
            if (earlier is not null)
            {
                return RefuseAgain(earlier, llpc, entry);
            }

            Append(draft, llpc, place, ref range, entry, context);
        }

        draft.Set(place.Range, range.ToValue());
        if (first == 0)
        {
            AddHolder(draft, llpc, context.Actor, context.Height);
        }

        draft.Emit(new ContractEvent(ContractEventKind.RecordsInserted)
        {
            Learner = llpc.Learner,
            Verb = llpc.Verb,
            Actor = context.Actor,
            Subject = context.Actor,
            Number = first,
        });
        OperationResult result = Outcome.Accepted();
        result.Index = first;
        return result;
    }

    /// <summary>Looks up together what the insertions of a transaction will look at.</summary>
    public static void Expect(BlockDraft draft, LlpcInsert call, CallContext context) =>
        draft.Writers.Expect(call, context.Actor);

    private static ResultCode? Refusal(BlockDraft draft, LlpcName llpc, WriterPlace place, CallContext context)
    {
        ResultCode? refusal = WriterRules.RefusalOfActor(draft, llpc, context)
            ?? (draft.Exists(place.Llpc) ? null : WriterRules.RefusalOfMissing(draft, llpc))
            ?? RefusalOfRight(draft, llpc, place.Standing, context);
        if (refusal is not null)
        {
            return refusal;
        }

        return IsOpen(draft, place.LearnerEntries) && IsOpen(draft, place.ProviderEntries)
            ? null
            : ResultCode.NotIndexed;
    }

    // Mostly an institution writes of those who are at it, and what says so is at hand.
    private static ResultCode? RefusalOfRight(
        BlockDraft draft, LlpcName llpc, WriterStanding standing, CallContext context) =>
        context.Actor != llpc.Learner && IsOpen(draft, standing.Enrolments) && !IsOpen(draft, standing.OptOuts)
            ? null
            : WriterRules.RefusalOfRight(draft, llpc, context);

    private static bool IsOpen(BlockDraft draft, DraftValue counter) =>
        (draft.Peek(counter, Counter.Parser)?.Open ?? 0) != 0;

    private static void Append(
        BlockDraft draft,
        LlpcName llpc,
        WriterPlace place,
        ref GrowingRange range,
        RecordEntry entry,
        CallContext context)
    {
        RecordLeaf leaf = new()
        {
            Index = range.Count,
            Height = context.Height,
            Locator = entry.Locator,
            Commitment = entry.Commitment,
            SelfReported = context.Actor == llpc.Learner,
        };
        range.Append(RangeLeaf.OfRecord(leaf), context.Height);
        draft.Append(place.Range, new AppendedRecord(place.Name, leaf));
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
