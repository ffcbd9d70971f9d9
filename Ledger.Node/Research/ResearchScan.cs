using Ledger.Client.Corrections;
using Ledger.Client.Features;
using Ledger.Client.Protos;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Research;

/// <summary>
/// Counts cells over the same records as cohorts: of learners who are enrolled here and have opted out of nothing,
/// anchored by this institution and as the ledger committed them. Rule Y-7 of <c>docs/cohorts.md</c>.
/// </summary>
public sealed class ResearchScan(Address self, ChainReader reader, IRecordSource source)
{
    /// <summary>Records that the store is asked for at once.</summary>
    private const int PortionMax = 64;

    /// <summary>Cells with what each learner did of them. Records whose time cannot be read are in none.</summary>
    public async Task<SortedDictionary<ResearchCell, Dictionary<Address, CellCounts>>> CountAsync(
        LedgerHead head, ResearchRequest request, CancellationToken cancellation)
    {
        SortedDictionary<ResearchCell, Dictionary<Address, CellCounts>> cells = [];
        foreach (LlpcName llpc in Contracts(head.State, request))
        {
            RecordRange range = head.State.RecordRange(llpc, self);
            List<(RecordWord Word, RecordTraits Traits)> records = [];
            IEnumerable<RecordLeaf> leaves = reader.Records(llpc, self, range.Count).OfType<RecordLeaf>();
            foreach (RecordLeaf[] portion in leaves.Chunk(PortionMax))
            {
                IReadOnlyList<KeptRecord?> found =
                    await source.FindAsync(self, [.. portion.Select(static leaf => leaf.Locator)], cancellation);
                foreach ((RecordLeaf leaf, KeptRecord? record) in portion.Zip(found))
                {
                    if (record is not null && KeptCommitment.Of(record) == new Hash256(leaf.Commitment.Span))
                    {
                        records.Add((
                            RecordCorrection.Of(record.Type, leaf.Index, record.Committed.Span),
                            RecordTraitsReader.Read(record.Type, record.Committed.Span)));
                    }
                }
            }

            // Of several words on one thing the last one counts.
            IReadOnlyDictionary<ulong, ulong> superseded = Supersessions.Of(records.Select(static one => one.Word));
            foreach ((_, RecordTraits traits) in records.Where(one => !superseded.ContainsKey(one.Word.Index)))
            {
                Add(cells, llpc, request, traits);
            }
        }

        return cells;
    }

    private static void Add(
        SortedDictionary<ResearchCell, Dictionary<Address, CellCounts>> cells,
        LlpcName llpc,
        ResearchRequest request,
        RecordTraits record)
    {
        if (record.EventUnixMs is not { } time)
        {
            return;
        }

        long day = FeatureDefinition.DayOf(time);
        if (request.UntilDay != 0 && (day < request.FromDay || day >= request.UntilDay))
        {
            return;
        }

        ResearchCell cell = new(llpc.Verb, record.Activity, ResearchCell.MondayOf(day));
        if (!cells.TryGetValue(cell, out Dictionary<Address, CellCounts>? learners))
        {
            learners = [];
            cells.Add(cell, learners);
        }

        learners[llpc.Learner] = learners.GetValueOrDefault(llpc.Learner).With(record.Success);
    }

    private IEnumerable<LlpcName> Contracts(IStateView state, ResearchRequest request)
    {
        byte[] prefix = StateKeys.Prefix(StateKind.ProviderIndexEntry, self);
        HashSet<(Address Learner, string Verb)> seen = [];
        foreach ((byte[] key, byte[] value) in reader.State(prefix, from: null))
        {
            if (StateValues.IsCounter(new StateKey(key)))
            {
                continue;
            }

            IndexEntry entry = IndexEntry.Parser.ParseFrom(value);
            Address learner = new(entry.Learner.Span);
            if ((request.Verbs.Count == 0 || request.Verbs.Contains(entry.Verb))
                && seen.Add((learner, entry.Verb))
                && state.IsEnrolled(learner, self)
                && state.OptOut(learner) == OptOutLevel.None)
            {
                yield return new LlpcName(learner, entry.Verb);
            }
        }
    }
}
