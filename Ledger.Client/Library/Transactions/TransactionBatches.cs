using Ledger.Client.Nodes;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>
/// Many operations by one signer, each a group of its own, in as few transactions as the limits allow: what becomes of
/// one does not touch the others.
/// </summary>
public static class TransactionBatches
{
    /// <summary>Room for what surrounds the groups: signer, random, times, signature.</summary>
    private const int EnvelopeBytesMax = 1_024;

    /// <summary>What a group costs beside its operation: actor, tags and lengths.</summary>
    private const int GroupBytesMax = 24;

    /// <summary>The signed transactions, in the order of the operations.</summary>
    public static IReadOnlyList<PendingTransaction> Of(
        Hash256 chainId, long lastValidUnixMs, CallerIdentity signer, IEnumerable<Operation> operations)
    {
        List<PendingTransaction> transactions = [];
        List<Operation> batch = [];
        int bytes = EnvelopeBytesMax;
        foreach (Operation operation in operations)
        {
            int size = operation.CalculateSize() + GroupBytesMax;
            if (batch.Count == TransactionLimits.GroupsMax || bytes + size > TransactionLimits.TransactionBytesMax)
            {
                transactions.Add(Build(chainId, lastValidUnixMs, signer, batch));
                batch.Clear();
                bytes = EnvelopeBytesMax;
            }

            batch.Add(operation);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            transactions.Add(Build(chainId, lastValidUnixMs, signer, batch));
        }

        return transactions;
    }

    private static PendingTransaction Build(
        Hash256 chainId, long lastValidUnixMs, CallerIdentity signer, List<Operation> operations)
    {
        TransactionBuilder builder = new(chainId, lastValidUnixMs);
        int actor = builder.AddSigner(signer.Address, signer.Key.PublicKey);
        foreach (Operation operation in operations)
        {
            builder.AddGroup(actor, operation);
        }

        PendingTransaction transaction = builder.Build();
        transaction.AddSignature(signer.Key);
        return transaction;
    }
}
