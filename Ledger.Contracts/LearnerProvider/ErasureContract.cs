using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>LLPC: erasing records. Rule K-21 of the protocol.</summary>
internal static class ErasureContract
{
    /// <summary>
    /// By the writer of the records, whatever became of its right to write: to erase is a duty. The call shows the
    /// leaves and what stands beside them, so that no node looks for either.
    /// </summary>
    public static OperationResult Erase(BlockDraft draft, LlpcErase call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = WriterRules.RefusalOfLlpc(draft, llpc, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        DraftValue value = draft.Load(StateKeys.RecordRange(llpc, context.Actor));
        ReadOnlySpan<byte> before = draft.Read(value).Span;
        GrowingRange range = new(before, stackalloc Hash256[GrowingRange.PeaksAfter(before, 0)]);
        if (call.Records[^1].Index >= range.Count)
        {
            return Outcome.Refused(ResultCode.NoRecord);
        }

        RecordsName name = new(llpc, context.Actor);
        ErasedLeaf[] erased = [.. call.Records.Select(entry => LeafOf(name, entry, context.Height))];
        for (int place = 0; place < erased.Length; place++)
        {
            draft.Meter.Record();
        }

        // A record of this very block is not on any node's disk yet.
        bool isOlder = erased.All(leaf => leaf.Leaf.Height < context.Height);
        if (!isOlder || !range.TryErase([.. erased.Select(Replacement)], call.Path))
        {
            return Outcome.Refused(ResultCode.LeafDiffers);
        }

        draft.Set(value, range.ToValue());
        foreach (ErasedLeaf leaf in erased)
        {
            draft.Erase(leaf);
            CloseScore(draft, leaf, context.Height);
        }

        draft.Emit(ContractEvent.Of(ContractEventKind.RecordsErased, llpc) with
        {
            Actor = context.Actor,
            Subject = context.Actor,
            Number = (ulong)erased.Length,
        });
        OperationResult result = Outcome.Accepted();
        result.Index = call.Records[0].Index;
        return result;
    }

    private static ErasedLeaf LeafOf(RecordsName name, ErasedEntry entry, ulong height) => new(
        name,
        new RecordLeaf
        {
            Index = entry.Index,
            Height = entry.Height,
            Locator = entry.Locator,
            Commitment = entry.Commitment,
            SelfReported = name.Writer == name.Llpc.Learner,
        },
        new TombstoneLeaf { Index = entry.Index, Height = entry.Height, ErasedHeight = height });

    private static ReplacedLeaf Replacement(ErasedLeaf erased) =>
        new(erased.Leaf.Index, erased.Leaf.LeafHash, erased.Tombstone.LeafHash);

    // A score of what is gone says nothing any more; that there was one stays.
    private static void CloseScore(BlockDraft draft, ErasedLeaf erased, ulong height) => Instances.Close(
        draft,
        StateKeys.Scores(erased.Name.Llpc, erased.Name.Writer, erased.Leaf.Index),
        ScoreInstance.Parser,
        static score => score.Interval,
        height);
}
