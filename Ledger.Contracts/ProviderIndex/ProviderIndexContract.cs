using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Index = Ledger.Contracts.Protos.Index;

namespace Ledger.Contracts.ProviderIndex;

/// <summary>PIC: a provider's index of LLPCs by learner. Rule K-7 of the protocol.</summary>
internal static class ProviderIndexContract
{
    /// <summary>The actor, an institution or a learner who reports its own records, gets an index.</summary>
    public static OperationResult Create(BlockDraft draft, CallContext context)
    {
        ResultCode? refusal = MemberRules.RefusalOfParty(draft, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        if (draft.ProviderIndex(context.Actor) is not null)
        {
            return Outcome.Refused(ResultCode.IndexExists);
        }

        draft.Set(StateKeys.ProviderIndex(context.Actor), new Index { CreatedHeight = context.Height });
        draft.Emit(new ContractEvent(ContractEventKind.ProviderIndexCreated)
        {
            Actor = context.Actor,
            Subject = context.Actor,
        });
        return Outcome.Accepted();
    }

    /// <summary>Enters the LLPC in the actor's index. Takes the place of an entry that was made for a grant.</summary>
    public static OperationResult Insert(BlockDraft draft, PicInsert call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = WriterRules.Refusal(draft, llpc, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        if (draft.ProviderIndex(context.Actor) is null)
        {
            return Outcome.Refused(ResultCode.NoIndex);
        }

        IndexEntry? open = ProviderIndexBook.OpenEntry(draft, llpc, context.Actor);
        if (!WriterRules.HasOwnRight(draft, llpc, context) || open?.Grant == 0)
        {
            // The entries of a grantee are the grant's, which made them.
            return Outcome.Refused(open is null ? ResultCode.NoRight : ResultCode.AlreadyIndexed);
        }

        if (open is not null)
        {
            ProviderIndexBook.Close(draft, llpc, context.Actor, context.Height);
        }

        ulong number = ProviderIndexBook.Open(draft, llpc, context.Actor, 0, context.Height);
        return Outcome.Accepted(number);
    }
}
