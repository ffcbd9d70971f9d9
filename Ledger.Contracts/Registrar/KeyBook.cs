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
}
