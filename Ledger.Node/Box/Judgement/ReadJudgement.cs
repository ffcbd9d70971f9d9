using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>What a reader may have of each verb that it asked for, or why it may have nothing.</summary>
/// <param name="Verbs">By verb, in the order of the request; empty where it is refused.</param>
/// <param name="Refusal">Why it may have nothing, or null.</param>
public sealed record ReadJudgement(IReadOnlyList<VerbPermit> Verbs, BoxRefusal? Refusal)
{
    /// <summary>
    /// Whether another judgement opens the same: the same writers of the same verbs, each within the same limits and
    /// counted by the same grants.
    /// </summary>
    public bool IsAs(ReadJudgement other) =>
        Lines(this).SequenceEqual(Lines(other))
        && Limits(this).SequenceEqual(Limits(other))
        && Counted(this).SequenceEqual(Counted(other));

    private static IEnumerable<(LlpcName Llpc, Address Writer, int Limits, int Counted)> Lines(
        ReadJudgement judgement) =>
        judgement.Verbs.SelectMany(static verb => verb.Writers.Select(writer =>
            (verb.Llpc, writer.Writer, writer.Permit.Limits.Count, writer.Permit.Counted.Count)));

    private static IEnumerable<GrantLimits> Limits(ReadJudgement judgement) =>
        judgement.Verbs.SelectMany(static verb => verb.Writers).SelectMany(static writer => writer.Permit.Limits);

    private static IEnumerable<(StateKey Grant, uint ReadsMax)> Counted(ReadJudgement judgement) =>
        judgement.Verbs.SelectMany(static verb => verb.Writers).SelectMany(static writer => writer.Permit.Counted);
}
