using Ledger.Client.Boxes;

namespace Ledger.Node.Box;

/// <summary>What a reader may have of each verb that it asked for, or why it may have nothing.</summary>
/// <param name="Verbs">By verb, in the order of the request; empty where it is refused.</param>
/// <param name="Refusal">Why it may have nothing, or null.</param>
public sealed record ReadJudgement(IReadOnlyList<VerbPermit> Verbs, BoxRefusal? Refusal);
