namespace Ledger.Node.Anchoring;

/// <summary>What is to be done with records that wait.</summary>
/// <param name="Groups">What goes into the next transaction: one for each LLPC; empty when nothing can.</param>
/// <param name="Unfit">Records whose verb the ledger never takes, so that no transaction may hold them.</param>
public sealed record AnchorPlan(IReadOnlyList<AnchorGroup> Groups, IReadOnlyList<long> Unfit);
