using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Pool;
using Ledger.Primitives;

namespace Ledger.Node.Gossip;

/// <summary>
/// The one way into the pool, for submitters and peers: form and signatures once, on the caller's thread; then the
/// rules that also validate a proposal, at the time of the next block at the earliest.
/// </summary>
public sealed class TransactionIntake(
    Hash256 chainId,
    ChainState chain,
    TransactionPool pool,
    FetchedBodies fetched,
    ISignatureVerifier verifier,
    TimeProvider time)
{
    /// <summary>Checks the bytes of a transaction and puts it into the pool.</summary>
    public IntakeAnswer Offer(ReadOnlyMemory<byte> bytes)
    {
        TransactionReading reading = TransactionReader.Read(bytes, chainId, verifier);
        if (!reading.IsRead)
        {
            return IntakeAnswer.Refused(null, reading.Refusal.Value);
        }

        ParsedTransaction transaction = reading.Transaction;
        if (chain.Recent.Contains(transaction.Id))
        {
            return IntakeAnswer.Known(transaction);
        }

        LedgerHead head = chain.Head;
        long now = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), head.Header.TimeUnixMs + 1);
        if (TransactionRules.Check(transaction, head.State, now) is { } refusal)
        {
            return IntakeAnswer.Refused(transaction, refusal);
        }

        return pool.Add(transaction, ShareOf(transaction, head)) switch
        {
            PoolAnswer.Added => AfterAdding(transaction),
            PoolAnswer.Known => IntakeAnswer.Known(transaction),
            PoolAnswer.Full => IntakeAnswer.PoolFull(transaction),
            _ => throw new InvalidOperationException("an answer without a name"),
        };
    }

    /// <summary>
    /// Keeps the body of a block that is being fetched, if its leaf is wanted; false when the bytes are no transaction.
    /// </summary>
    public bool OfferBody(ReadOnlyMemory<byte> bytes, Func<Hash256, bool> isWanted)
    {
        TransactionReading reading = TransactionReader.Read(bytes, chainId, verifier);
        if (reading.IsRead && isWanted(reading.Transaction.Leaf))
        {
            fetched.Add(reading.Transaction);
        }

        return reading.IsRead;
    }

    // A block may have decided it between the question and the addition: then it must not wait here.
    private IntakeAnswer AfterAdding(ParsedTransaction transaction)
    {
        if (!chain.Recent.Contains(transaction.Id))
        {
            return IntakeAnswer.Added(transaction);
        }

        pool.Remove([transaction.Id]);
        return IntakeAnswer.Known(transaction);
    }

    private static PoolShare ShareOf(ParsedTransaction transaction, LedgerHead head)
    {
        Address signer = transaction.Signers[0].Address;
        return head.State.CurrentKey(signer) is null ? PoolShare.Strangers : PoolShare.Of(signer);
    }
}
