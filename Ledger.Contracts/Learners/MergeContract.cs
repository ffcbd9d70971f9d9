using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>RLPC: two addresses of one learner become one. Rule K-52 of the protocol.</summary>
internal static class MergeContract
{
    /// <summary>By the survivor, signed by the absorbed address too, whose key is closed at this height.</summary>
    public static OperationResult Merge(BlockDraft draft, LearnerMerge call, CallContext context)
    {
        Address absorbed = call.Absorbed.ToAddress();
        ResultCode? refusal = Refusal(draft, absorbed, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        draft.Set(LearnerKeys.Merge(absorbed), new Merge
        {
            Height = context.Height,
            Survivor = context.Actor.ToField(),
        });
        Absorbed all = draft.Absorbed(context.Actor) ?? new Absorbed();
        all.Depth = Math.Max(all.Depth, DepthOf(draft, absorbed) + 1);
        AddressList.Insert(all.Addresses, absorbed);
        draft.Set(LearnerKeys.Absorbed(context.Actor), all);
        CloseWhatIsItsOwn(draft, absorbed, context);
        draft.Emit(new ContractEvent(ContractEventKind.LearnerMerged)
        {
            Actor = context.Actor,
            Learner = absorbed,
            Subject = context.Actor,
            Number = (ulong)all.Addresses.Count,
        });
        return Outcome.Accepted((ulong)all.Addresses.Count);
    }

    private static ResultCode? Refusal(BlockDraft draft, Address absorbed, CallContext context)
    {
        if (absorbed == context.Actor)
        {
            return ResultCode.Malformed;
        }

        // The survivor must stand for itself too: so merges never make a ring.
        ResultCode? refusal = LearnerActors.RefusalOfStanding(draft, context.Actor)
            ?? LearnerActors.RefusalOfStanding(draft, absorbed);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!context.HasSigned(absorbed))
        {
            return ResultCode.MissingSignature;
        }

        if (!HasConsent(draft, context.Actor, context) || !HasConsent(draft, absorbed, context))
        {
            return ResultCode.Guarded;
        }

        if (DepthOf(draft, absorbed) >= LearnerLimits.MergeDepthMax)
        {
            return ResultCode.MergeTooDeep;
        }

        return draft.Absorbed(context.Actor)?.Addresses.Count >= LearnerLimits.AbsorbedMax
            ? ResultCode.TooManyMerges
            : null;
    }

    // Both keys sign in any case: they show that both addresses are the same learner's.
    private static bool HasConsent(BlockDraft draft, Address learner, CallContext context) =>
        draft.GuardianOf(learner, context.TimeUnixMs) is not { } guardian
        || context.HasSigned(draft.SurvivorOf(guardian));

    private static uint DepthOf(BlockDraft draft, Address learner) => draft.Absorbed(learner)?.Depth ?? 0;

    private static void CloseWhatIsItsOwn(BlockDraft draft, Address absorbed, CallContext context)
    {
        GuardianBook.Close(draft, absorbed, ContractEventKind.GuardianEnded, context.Actor, context.Height);
        Instances.Close(
            draft,
            StateKeys.EncryptionKeys(absorbed),
            EncryptionKeyInstance.Parser,
            static value => value.Interval,
            context.Height);
        KeyBook.Close(draft, absorbed, context);
    }
}
