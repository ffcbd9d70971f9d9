using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>
/// What each institution holds of each learner, counted by LLPC: who has something to serve has a trail to keep.
/// </summary>
internal static class HoldingBook
{
    /// <summary>The institution has become a holder of one more LLPC.</summary>
    public static void Add(BlockDraft draft, Address learner, Address institution, ulong height)
    {
        Holding holding = draft.Holding(learner, institution) ?? new Holding { SinceHeight = height };
        holding.Contracts++;
        draft.Set(StateKeys.Holding(learner, institution), holding);
    }

    /// <summary>Another holder has taken the institution's place in one LLPC. The duty stays.</summary>
    public static void Remove(BlockDraft draft, Address learner, Address institution)
    {
        Holding holding = draft.Holding(learner, institution)!;
        Invariant.That(holding.Contracts > 0);
        holding.Contracts--;
        draft.Set(StateKeys.Holding(learner, institution), holding);
    }
}
