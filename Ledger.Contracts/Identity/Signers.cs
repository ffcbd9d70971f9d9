using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>Whether signers are who they say. Rule K-3 of the protocol.</summary>
public static class Signers
{
    /// <summary>Whether each signer used its current key.</summary>
    public static bool AreCurrent(IStateView state, IReadOnlyList<TransactionSigner> signers)
    {
        foreach (TransactionSigner signer in signers)
        {
            if (!IsCurrent(state, signer))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// An address that the ledger knows has one open key; one that it does not know must derive from the key that
    /// signs.
    /// </summary>
    public static bool IsCurrent(IStateView state, TransactionSigner signer)
    {
        InstanceSeries keys = StateKeys.SigningKeys(signer.Address);
        Counter? counter = state.Find(keys.Counter, Counter.Parser);
        if (counter is null)
        {
            return signer.Address == Address.Of(signer.Key);
        }

        KeyInstance? current = counter.Open == 0 ? null : state.Find(keys.At(counter.Open), KeyInstance.Parser);
        return current is not null && new PublicKeyBytes(current.PublicKey.Span) == signer.Key;
    }
}
