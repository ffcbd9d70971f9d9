using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Pairs accounts with learners when it sees that their claims were used. It looks at the state, not at events, so that
/// nothing is missed while the node is down. Used by one thread.
/// </summary>
public sealed class ClaimPairing
{
    private readonly Address self;
    private readonly ChainState chain;
    private readonly LearnerPairs pairs;
    private readonly ClaimBook claims;
    private readonly ILogger logger;
    private volatile bool isTold = true;
    private ClaimCounter? seen;

    /// <summary>Pairs for the institution whose node this is.</summary>
    public ClaimPairing(Address self, ChainState chain, LearnerPairs pairs, ClaimBook claims, ILogger logger)
    {
        this.self = self;
        this.chain = chain;
        this.pairs = pairs;
        this.claims = claims;
        this.logger = logger;
        claims.Changed += () => isTold = true;
    }

    /// <summary>Looks after the claims that wait, where one of this institution's has changed since.</summary>
    public void Look()
    {
        LedgerState state = chain.Head.State;
        ClaimCounter now = state.ClaimCounter(self);
        if (!isTold && now.Equals(seen))
        {
            return;
        }

        isTold = false;
        seen = now;
        int paired = 0;
        foreach ((ulong number, IReadOnlyList<string> actorKeys) in claims.From(0).ToArray())
        {
            // A claim that is not on the ledger yet, or still open, waits.
            if (state.Claim(self, number) is not { Interval.ToHeight: > 0 } claim)
            {
                continue;
            }

            if (!claim.Learner.IsEmpty)
            {
                foreach (string actorKey in actorKeys)
                {
                    pairs.Set(actorKey, claim.Learner.ToAddress());
                }

                paired++;
            }

            claims.Forget(number);
        }

        if (paired > 0)
        {
            logger.LogInformation("{Count} learners used their codes; their accounts are paired", paired);
        }
    }
}
