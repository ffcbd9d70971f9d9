namespace Ledger.Node.Anchoring;

/// <summary>What goes into the next transaction.</summary>
/// <param name="Groups">One for each LLPC.</param>
public sealed record AnchorPlan(IReadOnlyList<AnchorGroup> Groups);
