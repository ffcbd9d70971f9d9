using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>The signing keys of institutions and learners.</summary>
internal static class KeyBook
{
    /// <summary>Opens the key from which the address derives.</summary>
    public static void OpenFirst(BlockDraft draft, Address owner, PublicKeyBytes key, ulong height)
    {
        Invariant.That(Address.Of(key) == owner);
        KeyInstance instance = new() { Interval = Instances.From(height), PublicKey = key.ToField() };
        Instances.Open(draft, StateKeys.SigningKeys(owner), instance);
    }

    /// <summary>Closes the current key: nothing that the address signs is accepted any more.</summary>
    public static void Close(BlockDraft draft, Address owner, CallContext context) => Instances.Close(
        draft, StateKeys.SigningKeys(owner), KeyInstance.Parser, static value => value.Interval, context.Height);

    /// <summary>Closes the current key and opens another one in its place.</summary>
    public static void Replace(BlockDraft draft, Address owner, PublicKeyBytes key, CallContext context)
    {
        Close(draft, owner, context);
        KeyInstance instance = new() { Interval = Instances.From(context.Height), PublicKey = key.ToField() };
        Instances.Open(draft, StateKeys.SigningKeys(owner), instance);
    }

    /// <summary>Whether no address that the ledger knows has, or derives from, this key.</summary>
    public static bool IsFree(IStateView state, PublicKeyBytes key) =>
        VoteKeyForm.IsUsable(key)
        && state.VoteKeyClaim(key) is null
        && !state.TryGet(StateKeys.SigningKeys(Address.Of(key)).Counter, out _);
}
