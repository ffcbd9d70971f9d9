using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.Node.Configuration;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Faults;

/// <summary>
/// An institution of a consortium under test: its node, its identity key, and a client that calls with it.
/// </summary>
public sealed class Member : IDisposable
{
    private Member(DevnetNode node, ReadyFile ready, SigningKey key)
    {
        Node = node;
        Key = key;
        Client = LocalConsortium.ClientOf(ready, new CallerIdentity(key.Address, key));
        ChainId = Hash256.TryParse(ready.ChainId, out Hash256 chainId)
            ? chainId
            : throw new ObservationException("the ready file names no chain");
    }

    public DevnetNode Node { get; }

    public SigningKey Key { get; }

    public Address Address => Key.Address;

    public LedgerClient Client { get; }

    public Hash256 ChainId { get; }

    /// <summary>Opens the keys and a client of each node; all of them serve.</summary>
    /// <remarks>Each key costs the derivation of its password, a fifth of a second of a processor.</remarks>
    public static Member[] Of(IReadOnlyList<DevnetNode> nodes) => [.. nodes.AsParallel().AsOrdered().Select(Open)];

    /// <summary>
    /// A transaction of this institution's own chain, signed by <paramref name="keys"/>; the first one acts.
    /// </summary>
    public PendingTransaction Sign(SigningKey[] keys, params Operation[] operations)
    {
        TransactionBuilder builder = new(ChainId, TransactionBuilder.LastValidFor(TimeProvider.System.GetUtcNow()));
        foreach (SigningKey key in keys)
        {
            builder.AddSigner(key.Address, key.PublicKey);
        }

        PendingTransaction transaction = builder.AddGroup(0, operations).Build();
        foreach (SigningKey key in keys)
        {
            transaction.AddSignature(key);
        }

        return transaction;
    }

    /// <summary>
    /// Hands in at this node, waits for the decision, and requires that every operation was accepted.
    /// </summary>
    public async Task<PendingTransaction> DecideAsync(SigningKey[] keys, params Operation[] operations)
    {
        PendingTransaction transaction = Sign(keys, operations);
        Outcome outcome = await Client.SubmitAsync(transaction.ToSignedBytes(), wait: true, CancellationToken.None);
        ObservationException.Require(
            outcome.State == OutcomeState.Decided
                && outcome.Operations.All(operation => operation.Result.Code == ResultCode.Accepted),
            $"{Node.Name} did not accept it: {outcome}");
        return transaction;
    }

    public void Dispose()
    {
        Client.Dispose();
        Key.Dispose();
    }

    private static Member Open(DevnetNode node)
    {
        ReadyFile ready = LocalConsortium.Ready(node) ?? throw new ObservationException($"{node.Name} does not serve");
        using Password password = Password.FromFile(node.PasswordFile);
        return new Member(node, ready, KeyFile.OpenSigningKey(Path.Combine(node.Home, "identity.key"), password));
    }
}
