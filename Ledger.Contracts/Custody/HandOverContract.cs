using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Custody;

/// <summary>
/// A custodian says that it has verified a copy of a range. It becomes a holder, and takes the place of a writer that
/// is no member any more. Rule K-19 of the protocol.
/// </summary>
internal static class HandOverContract
{
    /// <summary>By a custodian whose agreement with the writer or the learner is in force.</summary>
    public static OperationResult Confirm(BlockDraft draft, CustodyConfirm call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        Address writer = call.Writer.ToAddress();
        RangeCustody custody = draft.RangeCustody(llpc, writer);
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor)
            ?? WriterRules.RefusalOfLlpc(draft, llpc, context)
            ?? Refusal(draft, llpc, writer, call.Count, custody, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Replace(draft, llpc, writer, custody, call.Count, context);
        MoveHolder(draft, llpc, writer, context);
        draft.Emit(ContractEvent.Of(ContractEventKind.CustodyConfirmed, llpc) with
        {
            Actor = context.Actor,
            Client = writer,
            Subject = context.Actor,
            Number = call.Count,
        });
        return Outcome.Accepted(call.Count);
    }

    private static ResultCode? Refusal(
        BlockDraft draft, LlpcName llpc, Address writer, ulong count, RangeCustody custody, CallContext context)
    {
        RecordRange range = draft.RecordRange(llpc, writer);
        if (range.Count == 0)
        {
            return ResultCode.NoRecords;
        }

        if (!CustodyRules.IsCustodian(draft, context.Actor, llpc.Learner, writer, context.TimeUnixMs))
        {
            return ResultCode.NoAgreement;
        }

        if (count != range.Count - range.Erased)
        {
            return ResultCode.CountDiffers;
        }

        RangeCopy? own = custody.Copies.FirstOrDefault(copy => copy.Custodian.ToAddress() == context.Actor);
        return own?.Count == count && own.Height > range.LastHeight ? ResultCode.AlreadyConfirmed : null;
    }

    // At most so many agreements are in force for a range, so that a copy beyond them is one whose agreement has ended.
    private static void Replace(
        BlockDraft draft, LlpcName llpc, Address writer, RangeCustody custody, ulong count, CallContext context)
    {
        ByteString actor = context.Actor.ToField();
        List<RangeCopy> kept = [.. custody.Copies.Where(copy => copy.Custodian != actor
            && CustodyRules.IsCustodian(
                draft, copy.Custodian.ToAddress(), llpc.Learner, writer, context.TimeUnixMs))];
        custody.Copies.Clear();
        custody.Copies.AddRange(kept);
        custody.Copies.Add(new RangeCopy { Custodian = actor, Count = count, Height = context.Height });
        Invariant.That(custody.Copies.Count <= CustodyLimits.CopiesMax);
        draft.Set(StateKeys.RangeCustody(llpc, writer), custody);
    }

    private static void MoveHolder(BlockDraft draft, LlpcName llpc, Address writer, CallContext context)
    {
        Llpc value = draft.Llpc(llpc)!;
        bool changed = AddressList.Insert(value.Holders, context.Actor);
        if (changed)
        {
            HoldingBook.Add(draft, llpc.Learner, context.Actor, context.Height);
        }

        if (CustodyRules.HasGone(draft, writer) && value.Holders.Remove(writer.ToField()))
        {
            HoldingBook.Remove(draft, llpc.Learner, writer);
            changed = true;
        }

        if (changed)
        {
            draft.Set(StateKeys.Llpc(llpc), value);
        }
    }
}
