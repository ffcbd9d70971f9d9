using Ledger.Client.Corrections;
using Ledger.Client.Cohorts;
using Ledger.Client.Protos;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Cohorts;

/// <summary>
/// Counts, learner by learner, the records that a question is about: of learners who are enrolled here and have opted
/// out of nothing, those that this institution anchored and that are as the ledger committed them. Rule Y-2 of
/// <c>docs/cohorts.md</c>.
/// </summary>
public sealed class CohortScan(Address self, ChainReader reader, IRecordSource source)
{
    /// <summary>Records that the store is asked for at once: a campus's own one answers them side by side.</summary>
    private const int PortionMax = 64;

    /// <summary>Records by learner, for those who have any that count.</summary>
    public async Task<IReadOnlyDictionary<Address, ulong>> CountAsync(
        LedgerHead head, CohortQuestion question, CancellationToken cancellation)
    {
        Dictionary<Address, ulong> counts = [];
        foreach (Address learner in Learners(head.State))
        {
            LlpcName llpc = new(learner, question.Verb);
            RecordRange range = head.State.RecordRange(llpc, self);
            ulong records = range.Count == 0 ? 0 : await CountAsync(llpc, range.Count, question, cancellation);
            if (records > 0)
            {
                counts.Add(learner, records);
            }
        }

        return counts;
    }

    private IEnumerable<Address> Learners(IStateView state)
    {
        byte[] prefix = StateKeys.Prefix(StateKind.ProviderIndexLearner, self);
        return reader.State(prefix, from: null)
            .Select(entry => new Address(entry.Key.AsSpan(prefix.Length)))
            .Where(learner => state.IsEnrolled(learner, self) && state.OptOut(learner) == OptOutLevel.None);
    }

    private async Task<ulong> CountAsync(
        LlpcName llpc, ulong count, CohortQuestion question, CancellationToken cancellation)
    {
        List<(RecordWord Word, bool Counts)> records = [];
        foreach (RecordLeaf[] portion in reader.Records(llpc, self, count).OfType<RecordLeaf>().Chunk(PortionMax))
        {
            IReadOnlyList<KeptRecord?> found =
                await source.FindAsync(self, [.. portion.Select(static leaf => leaf.Locator)], cancellation);
            records.AddRange(portion.Zip(found)
                .Where(static pair => pair.Second is { } record
                    && KeptCommitment.Of(record) == new Hash256(pair.First.Commitment.Span))
                .Select(pair => (
                    RecordCorrection.Of(pair.Second!.Type, pair.First.Index, pair.Second.Committed.Span),
                    CohortSelection.Counts(question, pair.Second.Type, pair.Second.Committed.Span))));
        }

        // Of several words on one thing the last one counts.
        IReadOnlyDictionary<ulong, ulong> superseded = Supersessions.Of(records.Select(static one => one.Word));
        return (ulong)records.Count(one => one.Counts && !superseded.ContainsKey(one.Word.Index));
    }
}
