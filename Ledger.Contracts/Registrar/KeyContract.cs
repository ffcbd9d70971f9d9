using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>RLPC: an address goes on under another key. Rule K-62 of the protocol.</summary>
internal static class KeyContract
{
    /// <summary>
    /// That the new key signed for this address and number was checked with the transaction. Answers the number.
    /// </summary>
    public static OperationResult Rotate(BlockDraft draft, RotateKey call, CallContext context)
    {
        Counter? keys = draft.Find(StateKeys.SigningKeys(context.Actor).Counter, Counter.Parser);
        if (keys is null)
        {
            return Outcome.Refused(ResultCode.NotRegistered);
        }

        // An operation before this one in the same transaction may have rotated, or even revoked, this very key.
        if (keys.Open == 0 || draft.CurrentKey(context.Actor) != context.ActorKey)
        {
            return Outcome.Refused(ResultCode.SignerRevoked);
        }

        PublicKeyBytes key = new(call.NewKey.Span);
        ResultCode? refusal = call.Number == keys.Count + 1
            ? KeyBook.Refusal(draft, key)
            : ResultCode.KeyNumberDiffers;
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        ulong number = KeyBook.Rotate(draft, context.Actor, key, context);
        draft.Emit(new ContractEvent(ContractEventKind.KeyRotated)
        {
            Actor = context.Actor,
            Subject = context.Actor,
            Number = number,
        });
        return Outcome.Accepted(number);
    }
}
