using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>The signing keys of institutions, learners and staff. Rule K-62 of the protocol.</summary>
internal static class KeyBook
{
    /// <summary>
    /// Null where the key can become somebody's signing key: no weak one, no vote key, and nobody's, now or ever. A key
    /// that signs transactions and votes at once would be stolen at once.
    /// </summary>
    public static ResultCode? Refusal(IStateView state, PublicKeyBytes key)
    {
        if (!VoteKeyForm.IsUsable(key) || state.IsVoteKey(key))
        {
            return ResultCode.KeyUnusable;
        }

        return state.KeyOwner(key) is null ? null : ResultCode.KeyUsed;
    }

    /// <summary>Opens the key from which the address derives. <see cref="Refusal"/> was null.</summary>
    public static void OpenFirst(BlockDraft draft, Address owner, PublicKeyBytes key, ulong height, long timeUnixMs)
    {
        Invariant.That(Address.Of(key) == owner);
        Open(draft, owner, key, height, timeUnixMs);
    }

    /// <summary>Closes the current key and opens another, which is the owner's for ever. Gives its number.</summary>
    public static ulong Rotate(BlockDraft draft, Address owner, PublicKeyBytes key, CallContext context)
    {
        Close(draft, owner, context);
        ulong number = Open(draft, owner, key, context.Height, context.TimeUnixMs);
        draft.Set(StateKeys.KeyClaim(key), new KeyClaim { Owner = owner.ToField(), Number = number });
        return number;
    }

    /// <summary>The owner signs nothing any more.</summary>
    public static void Close(BlockDraft draft, Address owner, CallContext context)
    {
        InstanceSeries keys = StateKeys.SigningKeys(owner);
        ulong number = Instances.Close(
            draft, keys, KeyInstance.Parser, static value => value.Interval, context.Height);
        Invariant.That(number != 0);
        KeyInstance closed = draft.Find(keys.At(number), KeyInstance.Parser)!;
        closed.ClosedUnixMs = context.TimeUnixMs;
        draft.Set(keys.At(number), closed);
    }

    private static ulong Open(BlockDraft draft, Address owner, PublicKeyBytes key, ulong height, long timeUnixMs) =>
        Instances.Open(draft, StateKeys.SigningKeys(owner), new KeyInstance
        {
            Interval = Instances.From(height),
            PublicKey = key.ToField(),
            OpenedUnixMs = timeUnixMs,
        });
}
