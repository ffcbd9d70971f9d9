using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Index = Ledger.Contracts.Protos.Index;

namespace Ledger.Contracts.UserIndex;

/// <summary>UIC: a learner's index of its LLPCs by provider and verb. Rule K-7 of the protocol.</summary>
internal static class UserIndexContract
{
    /// <summary>The actor becomes a learner of the ledger.</summary>
    public static OperationResult Create(BlockDraft draft, CallContext context)
    {
        if (draft.Learner(context.Actor) is not null)
        {
            return Outcome.Refused(ResultCode.LearnerExists);
        }

        if (draft.Institution(context.Actor) is not null)
        {
            return Outcome.Refused(ResultCode.AlreadyRegistered);
        }

        // A member of staff or a guardian has a key already, and may learn like anybody else.
        if (draft.CurrentKey(context.Actor) is null)
        {
            ResultCode? refusal = KeyBook.Refusal(draft, context.ActorKey);
            if (refusal is not null)
            {
                return Outcome.Refused(refusal.Value);
            }

            KeyBook.OpenFirst(draft, context.Actor, context.ActorKey, context.Height, context.TimeUnixMs);
        }

        draft.Set(StateKeys.Learner(context.Actor), new Learner { RegisteredHeight = context.Height });
        draft.Set(StateKeys.UserIndex(context.Actor), new Index { CreatedHeight = context.Height });
        draft.Emit(new ContractEvent(ContractEventKind.LearnerCreated)
        {
            Actor = context.Actor,
            Learner = context.Actor,
        });
        return Outcome.Accepted();
    }

    /// <summary>
    /// Enters the actor as a provider of the LLPC. Takes the place of an entry that was made for a grant.
    /// </summary>
    public static OperationResult Insert(BlockDraft draft, UicInsert call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = WriterRules.Refusal(draft, llpc, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        IndexEntry? open = UserIndexBook.OpenEntry(draft, llpc, context.Actor);
        if (!WriterRules.HasOwnRight(draft, llpc, context) || open?.Grant == 0)
        {
            // The entries of a grantee are the grant's, which made them.
            return Outcome.Refused(open is null ? ResultCode.NoRight : ResultCode.AlreadyIndexed);
        }

        if (open is not null)
        {
            UserIndexBook.Close(draft, llpc, context.Actor, context.Height);
        }

        ulong number = UserIndexBook.Open(draft, llpc, context.Actor, 0, context.Height);
        return Outcome.Accepted(number);
    }
}
