using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>
/// Puts a transaction together: signers, groups of operations, last valid time. <see cref="Build"/> fixes the bytes,
/// which are
/// then signed.
/// </summary>
public sealed class TransactionBuilder
{
    /// <summary>The clocks of client and nodes may differ by this much, as those of nodes may.</summary>
    private const long ClockDifferenceMsMax = 10_000;

    private readonly Hash256 chainId;
    private readonly TransactionBody body = new() { Version = TransactionLimits.Version };

    /// <summary>Starts a transaction of the chain that is valid until <paramref name="lastValidUnixMs"/>.</summary>
    public TransactionBuilder(Hash256 chainId, long lastValidUnixMs)
    {
        this.chainId = chainId;
        body.LastValidUnixMs = lastValidUnixMs;
    }

    /// <summary>
    /// The last valid time of a transaction that is submitted now: as late as the rule R-1 lets a node take it whose
    /// clock is
    /// up to 10 s behind.
    /// </summary>
    public static long LastValidFor(DateTimeOffset now) =>
        now.ToUnixTimeMilliseconds() + TransactionLimits.ValidityMs - ClockDifferenceMsMax;

    /// <summary>
    /// Names a signer; returns its place, by which operations name their actor. The same address again gives its place.
    /// </summary>
    public int AddSigner(Address address, PublicKeyBytes key)
    {
        for (int place = 0; place < body.Signers.Count; place++)
        {
            if (body.Signers[place].Address.Span.SequenceEqual(address.ToArray()))
            {
                return place;
            }
        }

        body.Signers.Add(new Signer { Address = Bytes(address.ToArray()), PublicKey = Bytes(key.ToArray()) });
        return body.Signers.Count - 1;
    }

    /// <summary>
    /// Adds operations that are accepted or refused together, all acted by the signer at <paramref name="actor"/>.
    /// </summary>
    public TransactionBuilder AddGroup(int actor, params IEnumerable<Operation> operations)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(actor, body.Signers.Count);
        Group group = new();
        foreach (Operation operation in operations)
        {
            Operation placed = operation.Clone();
            placed.Actor = (uint)actor;
            group.Operations.Add(placed);
        }

        body.Groups.Add(group);
        return this;
    }

    /// <summary>Sets the 16 random bytes; without it the system's randomness gives them. For vectors.</summary>
    public TransactionBuilder WithRandom(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, TransactionLimits.RandomBytes);
        body.Random = ByteString.CopyFrom(random);
        return this;
    }

    /// <summary>Fixes the bytes. Throws <see cref="InvalidOperationException"/> without signer or operation.</summary>
    public PendingTransaction Build()
    {
        if (body.Signers.Count == 0 || body.Groups.Count == 0 || body.Groups.Any(group => group.Operations.Count == 0))
        {
            throw new InvalidOperationException("A transaction has signers, and groups with operations.");
        }

        if (body.Random.IsEmpty)
        {
            body.Random = Bytes(RandomNumberGenerator.GetBytes(TransactionLimits.RandomBytes));
        }

        return PendingTransaction.Of(chainId, body.ToByteArray());
    }

    /// <summary>A transaction of one group by one signer, signed.</summary>
    public static PendingTransaction Signed(
        Hash256 chainId, long lastValidUnixMs, Address address, SigningKey key,
            params IEnumerable<Operation> operations)
    {
        TransactionBuilder builder = new(chainId, lastValidUnixMs);
        int actor = builder.AddSigner(address, key.PublicKey);
        PendingTransaction transaction = builder.AddGroup(actor, operations).Build();
        transaction.AddSignature(key);
        return transaction;
    }

    private static ByteString Bytes(byte[] bytes) => UnsafeByteOperations.UnsafeWrap(bytes);
}
