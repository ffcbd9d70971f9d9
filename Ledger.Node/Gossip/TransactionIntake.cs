using Ledger.Contracts.Identity;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Pool;
using Ledger.Primitives;

namespace Ledger.Node.Gossip;

/// <summary>
/// The one way into the pool, for submitters and peers: form and signatures once, on the caller's thread, and not at
/// all of what is here already; then the rules that also validate a proposal, at the time of the next block at the
/// earliest. Of clients alone it asks for some time to decide a transaction: a node that got one from another in
/// time has to count on a block with it.
/// </summary>
public sealed class TransactionIntake(
    Hash256 chainId,
    ChainState chain,
    TransactionPool pool,
    FetchedBodies fetched,
    ISignatureVerifier verifier,
    TimeProvider time)
{
    /// <summary>
    /// A client's transaction is refused when it is valid for less than this from now on: gossip, the leader's clock
    /// and a block take a part of it, and what no leader can decide any more would only be waited for.
    /// </summary>
    public const long ValidityLeftMsMin = 1000;

    /// <summary>Checks the bytes of a client's transaction and puts it into the pool.</summary>
    public IntakeAnswer Submit(ReadOnlyMemory<byte> bytes) => Judge(bytes, ValidityLeftMsMin);

    /// <summary>Checks the bytes of a transaction that a node sent and puts it into the pool.</summary>
    public IntakeAnswer Offer(ReadOnlyMemory<byte> bytes) => Judge(bytes, validityLeftMsMin: 0);

    private IntakeAnswer Judge(ReadOnlyMemory<byte> bytes, long validityLeftMsMin)
    {
        if (TransactionEnvelope.Open(bytes, chainId, out TransactionEnvelope envelope) is { } broken)
        {
            return IntakeAnswer.Refused(null, broken);
        }

        if (!pool.TryGet(envelope.Leaf, out ParsedTransaction? transaction) || !IsSame(transaction, envelope))
        {
            TransactionReading reading = TransactionReader.Read(envelope, verifier);
            if (!reading.IsRead)
            {
                return IntakeAnswer.Refused(null, reading.Refusal.Value);
            }

            transaction = reading.Transaction;
        }

        if (chain.Recent.Contains(transaction.Id))
        {
            return IntakeAnswer.Known(transaction);
        }

        LedgerHead head = chain.Head;
        long now = head.NextTimeUnixMs(time);
        if (TransactionRules.Check(transaction, head.State, head.Height + 1, now) is { } refusal)
        {
            return IntakeAnswer.Refused(transaction, refusal);
        }

        if (transaction.LastValidUnixMs - now < validityLeftMsMin)
        {
            return IntakeAnswer.Refused(transaction, TransactionRefusal.ExpiresTooSoon);
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
    /// Keeps the body of a block that is being fetched; false when its leaf is not wanted or the bytes are no
    /// transaction. Of what is not wanted no signature is checked, nor of what was fetched already.
    /// </summary>
    public bool OfferBody(ReadOnlyMemory<byte> bytes, Func<Hash256, bool> isWanted)
    {
        if (TransactionEnvelope.Open(bytes, chainId, out TransactionEnvelope envelope) is not null
            || !isWanted(envelope.Leaf))
        {
            return false;
        }

        if (fetched.TryGet(envelope.Leaf, out ParsedTransaction? here) && IsSame(here, envelope))
        {
            return true;
        }

        TransactionReading reading = TransactionReader.Read(envelope, verifier);
        if (reading.IsRead)
        {
            fetched.Add(reading.Transaction);
        }

        return reading.IsRead;
    }

    private static bool IsSame(ParsedTransaction here, TransactionEnvelope envelope) =>
        here.SignedBytes.Span.SequenceEqual(envelope.SignedBytes.Span);

    // A block may have decided it between the question and the addition, or revoked who signed it: then it must not
    // wait here. What comes after this look is told to the pool.
    private IntakeAnswer AfterAdding(ParsedTransaction transaction)
    {
        bool isDecided = chain.Recent.Contains(transaction.Id);
        if (!isDecided && Signers.AreCurrent(chain.Head.State, transaction.Signers))
        {
            return IntakeAnswer.Added(transaction);
        }

        pool.Remove([transaction.Id]);
        return isDecided
            ? IntakeAnswer.Known(transaction)
            : IntakeAnswer.Refused(transaction, TransactionRefusal.UnknownSigner);
    }

    private static PoolShare ShareOf(ParsedTransaction transaction, LedgerHead head)
    {
        Address signer = transaction.Signers[0].Address;
        return head.State.CurrentKey(signer) is null ? PoolShare.Strangers : PoolShare.Of(signer);
    }
}
