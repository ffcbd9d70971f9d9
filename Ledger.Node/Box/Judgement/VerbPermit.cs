using Ledger.Contracts.State;

namespace Ledger.Node.Box;

/// <summary>What a reader may have of a learner's records of a verb, writer by writer.</summary>
/// <param name="Llpc">The learner and the verb.</param>
/// <param name="Writers">At least one.</param>
public sealed record VerbPermit(LlpcName Llpc, IReadOnlyList<WriterPermit> Writers);
