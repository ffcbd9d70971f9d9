using Ledger.Node.Chain;
using Ledger.Node.Gossip;
using Ledger.Node.Pool;

namespace Ledger.Fuzz;

/// <summary>Transactions that are handed in or gossiped, each to a pool of its own; all signatures are taken.</summary>
internal sealed class IntakeSession : IFuzzSession
{
    private readonly ChainState chain = NodeSamples.Chain();

    public bool Take(byte[] input)
    {
        TransactionPool pool = new(FixedClock.AtStart);
        FetchedBodies fetched = new();
        int events = 0;
        pool.Arrived += () => events++;
        TransactionIntake intake = new(
            LedgerSamples.Chain.ChainId, chain, pool, fetched, TrustingVerifier.Instance, FixedClock.AtStart);
        LedgerHead head = chain.Head;
        IntakeAnswer answer = intake.Offer(input);
        bool added = answer.Kind == IntakeKind.Added;
        FuzzViolation.Unless(pool.Count == (added ? 1 : 0) && events == pool.Count, "refused, but the pool changed");
        FuzzViolation.Unless(ReferenceEquals(head, chain.Head), "the head moved");
        if (added)
        {
            FuzzViolation.Unless(intake.Offer(input).Kind == IntakeKind.Known, "the same bytes are new twice");
            FuzzViolation.Unless(intake.OfferBody(input, static _ => true), "a transaction, but no body");
        }

        return added;
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
