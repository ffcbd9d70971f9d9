using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>Which learners an institution's node keeps wishes of.</summary>
internal static class HomeLearners
{
    /// <summary>
    /// Whether the learner is or was enrolled at the institution, or stands in its index because it has granted it
    /// something: what rests in its store may be this learner's.
    /// </summary>
    public static bool IsOf(IStateView state, Address learner, Address institution) =>
        state.TryGet(StateKeys.Enrolments(learner, institution).Counter, out _)
        || state.TryGet(StateKeys.ProviderIndexLearner(institution, learner), out _);
}
