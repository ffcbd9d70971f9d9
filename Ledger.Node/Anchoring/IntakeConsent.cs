using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>What learners let this institution do with new records of theirs.</summary>
public sealed class IntakeConsent(LearnerPairs pairs, ChainState chain)
{
    /// <summary>Whether records of an account may be stored: an account without a learner has not opted out.</summary>
    public bool MayStore(string actorKey) =>
        pairs.Find(actorKey) is not Address learner
        || chain.Head.State.OptOut(learner) != OptOutLevel.NoStore;
}
