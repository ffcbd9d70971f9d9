using Ledger.Client.Protos;
using Ledger.Contracts.Custody;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Runs the query for a request that was found to have the right: takes the ranges of the verbs as they stand at one
/// head, asks the store for the records behind their locators, and lets <see cref="RangeAnswer"/> judge each of them.
/// </summary>
public sealed class RecordReleaser(
    Address self, ChainReader reader, ProofMaker proofs, IRecordSource source, OwnIds ids, CorrectionBook corrections)
{
    /// <summary>Records of one answer for each verb and writer.</summary>
    public const uint RecordsMax = 1000;

    /// <summary>
    /// Records that are looked at for one answer, all verbs and writers together, where limits cover few of them; the
    /// reader asks again from where it ended.
    /// </summary>
    private const int ScannedMax = 10_000;

    /// <summary>Contents of one answer stop at this size; the reader asks again from where it ended.</summary>
    private const int ContentBytesMax = 8 * 1024 * 1024;

    /// <summary>Records that the store is asked for at once: a campus's own one answers them side by side.</summary>
    private const int PortionMax = 64;

    private const uint Version = 2;

    /// <summary>
    /// Whose records of an LLPC this box serves: this institution's own, and those of writers that are gone of which it
    /// has confirmed a copy.
    /// </summary>
    public IReadOnlyList<Address> WritersServed(LedgerHead head, LlpcName llpc) =>
    [
        self,
        .. reader.Writers(llpc).Where(writer => writer != self
            && CustodyRules.HasGone(head.State, writer)
            && head.State.RangeCustody(llpc, writer).Copies.Any(copy => copy.Custodian == self.ToField())),
    ];

    /// <summary>
    /// The bundle: of each verb and writer, from a place on, the records that are covered and wanted. All of it stands
    /// on the head's root and certificate. Null where records were erased after that head: it is to be asked again.
    /// </summary>
    public async Task<ReleasedRecords?> ReleaseAsync(
        LedgerHead head, BoxRequestBody request, IReadOnlyList<VerbPermit> permits, CancellationToken cancellation)
    {
        RecordBundle bundle = new()
        {
            Version = Version,
            Membership = proofs.Membership(head.Header.Epoch),
            Block = reader.CertifiedHeader(head.Height),
            Learner = request.Learner,
        };
        AskedIds asked = new([.. request.Filter?.Ids ?? []]);
        List<RangeAnswer> answers = [];
        int room = ContentBytesMax;
        ScanBudget scans = new(ScannedMax, PortionMax);
        foreach (VerbPermit verb in permits)
        {
            VerbRecords records = new() { Verb = verb.Llpc.Verb };
            foreach (WriterPermit writer in verb.Writers)
            {
                if (await ReleaseAsync(head, verb.Llpc, writer, request, room, scans, asked, cancellation)
                    is not { } answer)
                {
                    return null;
                }

                records.Writers.Add(answer.Records);
                answers.Add(answer);
                room = Math.Max(0, room - answer.ContentBytes);
            }

            bundle.Verbs.Add(records);
        }

        TellOwn(asked, request, permits, bundle);
        bundle.Asked.AddRange(asked.Answers());
        return new ReleasedRecords(bundle, IsOutside(answers));
    }

    private async Task<RangeAnswer?> ReleaseAsync(
        LedgerHead head,
        LlpcName llpc,
        WriterPermit writer,
        BoxRequestBody request,
        int bytesMax,
        ScanBudget scans,
        AskedIds asked,
        CancellationToken cancellation)
    {
        RecordRange range = head.State.RecordRange(llpc, writer.Writer);
        IReadOnlyList<IRangeLeaf> leaves = reader.Records(llpc, writer.Writer, range.Count);
        if (RangeLeaf.HaveErasedAfter(leaves, head.Height))
        {
            return null;
        }

        RangeCorrections corrected = request.WithSuperseded
            ? RangeCorrections.None
            : await corrections.OfAsync(llpc, writer.Writer, leaves, cancellation);
        RangeAnswer answer = new(
            new RangeQuestion(
                writer,
                range,
                head.State.Tree.Prove(StateKeys.RecordRange(llpc, writer.Writer).Hash),
                leaves,
                request.Filter,
                corrected),
            request.FromIndex);
        Dictionary<(uint KeyVersion, HashedId Id), string>? wanted = Wanted(writer.Writer, request);
        int first = checked((int)answer.Records.NextIndex);
        int room = (int)(request.Limit == 0 ? RecordsMax : Math.Min(request.Limit, RecordsMax));
        int end = Math.Min(leaves.Count, wanted is null ? first + scans.Next : leaves.Count);
        bool isFull = false;
        for (int place = first; place < end && !isFull;)
        {
            IRangeLeaf[] portion = [.. leaves.Skip(place).Take(Math.Min(PortionMax, end - place))];
            RecordLeaf[] sought =
            [
                .. portion.OfType<RecordLeaf>().Where(leaf => wanted is null || wanted.ContainsKey(KeyOf(leaf))),
            ];
            IReadOnlyList<KeptRecord?> found = sought.Length == 0
                ? []
                : await source.FindAsync(
                    writer.Writer, [.. sought.Select(static leaf => leaf.Locator)], cancellation);
            Queue<KeptRecord?> records = new(found);
            scans.Spend(sought.Length);
            foreach (IRangeLeaf leaf in portion.TakeWhile(_ => !isFull))
            {
                if (leaf is RecordLeaf record)
                {
                    Take(answer, record, wanted, records, asked);
                }
                else
                {
                    answer.Add((TombstoneLeaf)leaf);
                }

                place++;
                isFull = Named(answer) >= room || answer.ContentBytes > bytesMax;
            }
        }

        return answer;
    }

    private static void Take(
        RangeAnswer answer,
        RecordLeaf leaf,
        Dictionary<(uint KeyVersion, HashedId Id), string>? wanted,
        Queue<KeptRecord?> records,
        AskedIds asked)
    {
        if (wanted is null)
        {
            KeptRecord? record = records.Dequeue();
            if (answer.Add(new FoundRecord(leaf, record)) == AskedState.Returned)
            {
                asked.Tell(RangeAnswer.IdOf(record!), AskedState.Returned);
            }
        }
        else if (wanted.TryGetValue(KeyOf(leaf), out string? id))
        {
            asked.Tell(id, answer.Add(new FoundRecord(leaf, records.Dequeue())));
        }
        else
        {
            answer.Pass(leaf);
        }
    }

    // Only its writer can tell from an id which place it is; of others' records each is looked at.
    private Dictionary<(uint KeyVersion, HashedId Id), string>? Wanted(Address writer, BoxRequestBody request) =>
        writer != self || request.Filter is not { Ids.Count: > 0 } filter
            ? null
            : filter.Ids.DistinctBy(ids.LocatorOf).ToDictionary(ids.LocatorOf, static id => id);

    private static int Named(RangeAnswer answer) =>
        checked((int)(answer.Records.NextIndex - answer.Records.FromIndex - answer.Records.Withheld));

    private static (uint KeyVersion, HashedId Id) KeyOf(RecordLeaf leaf) =>
        (leaf.Locator.KeyVersion, HashedId.Read(leaf.Locator.HashedId.Span));

    // What only the writer knows of an id that leads to no record on the ledger. Whether limits covered what is erased
    // nobody can tell any more: to a reader with limits it is as unknown as what they do not cover.
    private void TellOwn(
        AskedIds asked, BoxRequestBody request, IReadOnlyList<VerbPermit> permits, RecordBundle bundle)
    {
        foreach (string id in asked.Open.ToArray())
        {
            IEnumerable<string> verbs = permits.Select(static verb => verb.Llpc.Verb);
            if (request.Openings.Count == 0 && ids.FindErased(id) is { } erased && IsShown(erased, permits, bundle))
            {
                asked.Tell(id, AskedState.Erased);
            }
            else if (ids.FindPending(id, permits[0].Llpc.Learner, verbs) is { } pending && IsCovered(pending, permits))
            {
                asked.Tell(id, AskedState.Pending);
            }
        }
    }

    private bool IsShown(LedgerPlace erased, IReadOnlyList<VerbPermit> permits, RecordBundle bundle) =>
        permits.Zip(bundle.Verbs).Any(verb => AnchorPlanner.IsOf(erased, verb.First.Llpc)
            && verb.Second.Writers.Any(writer => writer.Writer == self.ToField()
                && writer.Erased.Any(one => one.Proof.Index == erased.WriterIndex)));

    private bool IsCovered(StoredRecord pending, IReadOnlyList<VerbPermit> permits) => permits
        .Where(verb => verb.Llpc.Verb == pending.VerbIri)
        .SelectMany(static verb => verb.Writers)
        .Any(writer => writer.Writer == self && writer.Permit.Covers(KeptRecord.Of(pending)));

    private static bool IsOutside(List<RangeAnswer> answers)
    {
        RangeAnswer[] filled = [.. answers.Where(static answer => RecordsOf(answer) > 0)];
        return filled.Length > 0 && filled.All(static answer =>
            answer.Records.FromIndex == 0 && (ulong)answer.OutsideLimits == RecordsOf(answer));
    }

    private static ulong RecordsOf(RangeAnswer answer) => answer.Records.Range.Count - answer.Records.Range.Erased;
}
