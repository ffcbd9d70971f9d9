using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// That the entries of a trail are all that the ledger counts, and which of them institutions show. Rule L-9.
/// </summary>
internal sealed class TrailExportCheck(ExportContext context, ExportFindings findings)
{
    private readonly Dictionary<Address, RecordRange> computed = [];
    private readonly HashSet<Address> proved = [];
    private readonly HashSet<Hash256> entries = [];
    private readonly HashSet<Hash256> shown = [];

    /// <summary>Takes entries, or the value that ends them.</summary>
    public void Take(ExportedTrail trail)
    {
        if (!Address.TryRead(trail.Learner.Span, out Address learner) || !context.Learners.Contains(learner)
            || proved.Contains(learner) || trail.Leaves.Count > ExportLimits.LeavesMax)
        {
            context.Fail(StepNames.Format, "It is no trail of the learner, or goes on behind its end.");
            return;
        }

        RecordRange range = computed.GetValueOrDefault(learner) ?? new RecordRange();
        computed[learner] = range;
        foreach (TrailLeaf leaf in trail.Leaves)
        {
            if (leaf.Index != range.Count || !leaf.IsWellFormed || entries.Count == ExportLimits.RememberedMax)
            {
                context.Fail(StepNames.Completeness, "An entry of the trail is left out, or stands in no order.");
                return;
            }

            RecordRanges.Append(range, leaf.LeafHash, leaf.Height);
            entries.Add(new Hash256(leaf.Commitment.Span));
        }

        if (trail.Value is { } value)
        {
            End(learner, range, value);
        }
    }

    /// <summary>Takes a read that an institution shows, compared with its commitment.</summary>
    public void Show(Hash256 commitment)
    {
        if (shown.Count < ExportLimits.RememberedMax)
        {
            shown.Add(commitment);
        }
    }

    /// <summary>Judges the whole; an institution's own file has no trail.</summary>
    public void Finish(bool hasTrail)
    {
        if (!hasTrail)
        {
            if (shown.Count > 0)
            {
                context.Report.Pass(
                    StepNames.Content,
                    FormattableString.Invariant($"{shown.Count} reads at its box are told by the institution's word."));
            }

            return;
        }

        foreach (Address learner in context.Learners.Where(learner => !proved.Contains(learner)))
        {
            context.Report.Fail(StepNames.Completeness, $"The file does not prove who read the records of {learner}.");
        }

        findings.ReadsCounted = (ulong)entries.Count;
        findings.ReadsShown = (ulong)entries.Count(shown.Contains);
        if (proved.Count < context.Learners.Count)
        {
            return;
        }

        context.Report.Pass(
            StepNames.Completeness,
            FormattableString.Invariant($"The ledger counts {findings.ReadsCounted} reads, and all of them are here."));
        if (findings.ReadsShown < findings.ReadsCounted)
        {
            context.Doubt(
                StepNames.Content,
                FormattableString.Invariant(
                    $"What {findings.ReadsCounted - findings.ReadsShown} of these reads were, nobody shows."));
        }
    }

    private void End(Address learner, RecordRange range, StateEvidence value)
    {
        if (!value.Key.Span.SequenceEqual(StateKeys.Trail(learner).Raw.Span))
        {
            context.Fail(StepNames.Completeness, "It ends with the value of something else.");
            return;
        }

        if (context.Run("state", found => StateCheck.Run(value, context.Trust, found)) is null)
        {
            return;
        }

        RecordRange held = value.Value.IsEmpty ? new RecordRange() : RecordRange.Parser.ParseFrom(value.Value);
        range.Erased = held.Erased;
        if (range.Equals(held))
        {
            proved.Add(learner);
        }
        else
        {
            context.Fail(StepNames.Completeness, "The entries do not give the value that the ledger has of the trail.");
        }
    }
}
