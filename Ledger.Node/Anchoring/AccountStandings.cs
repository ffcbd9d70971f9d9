using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Tells of accounts whether their records may go onto the ledger: who they are paired with, what the ledger says of
/// that learner, and what the learner has asked this institution for. The one place that decides it.
/// </summary>
public sealed class AccountStandings
{
    private readonly Address self;
    private readonly LearnerPairs pairs;
    private readonly EarlierWishes earlier;
    private readonly BlockTimes times;
    private readonly TimeProvider clock;

    /// <summary>For the institution whose node this is.</summary>
    public AccountStandings(
        Address self, LearnerPairs pairs, EarlierWishes earlier, BlockTimes times, TimeProvider clock)
    {
        this.self = self;
        this.pairs = pairs;
        this.earlier = earlier;
        this.times = times;
        this.clock = clock;
        pairs.Changed += () => Changed?.Invoke();
        earlier.Changed += () => Changed?.Invoke();
    }

    /// <summary>Raised when this node was told something that may set resting records going.</summary>
    public event Action? Changed;

    /// <summary>What may be done with records of an account and a verb by a state of the ledger.</summary>
    public AccountStanding Of(LedgerState state, string actorKey, string verb)
    {
        if (pairs.Find(actorKey) is not { } learner)
        {
            return new AccountStanding(RestReason.NotPaired, null);
        }

        if (state.OptOut(learner) != OptOutLevel.None)
        {
            return new AccountStanding(RestReason.OptedOut, learner);
        }

        LlpcName llpc = new(learner, verb);
        if (!AccessRights.MayWrite(state, llpc, self, clock.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return new AccountStanding(RestReason.NotEnrolled, learner);
        }

        return state.ProviderIndex(self) is null
            ? new AccountStanding(RestReason.NoProviderIndex, learner)
            : new AccountStanding(RestReason.None, learner)
            {
                Llpc = llpc,
                Terms = TermsOf(state, llpc),
                WantsEarlier = earlier.Wanted(learner) is not null,
            };
    }

    // A grant that was closed covers nothing any more: what came under it and never went is the learner's to ask for.
    private IReadOnlyList<(long FromUnixMs, long ToUnixMs)> TermsOf(LedgerState state, LlpcName llpc) =>
    [
        .. state.Instances(StateKeys.Enrolments(llpc.Learner, self), Enrolment.Parser).Select(one => (
            times.Beginning(one.Interval.FromHeight),
            one.Interval.ToHeight == 0 ? long.MaxValue : times.End(one.Interval.ToHeight))),
        .. AccessRights.WriteGrants(state, llpc, self, clock.GetUtcNow().ToUnixTimeMilliseconds()).Select(one => (
            times.Beginning(one.Interval.FromHeight), long.MaxValue)),
    ];
}
