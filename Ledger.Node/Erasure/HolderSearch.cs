using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>
/// Who may hold copies of what this institution has erased: its custodians, whoever its box gave the records to, and
/// whoever had a grant to read them. Rule E-8 of <c>docs/erasure.md</c>.
/// </summary>
/// <param name="self">The institution, which wrote and erased the records.</param>
/// <param name="chain">Agreements, confirmations and grants.</param>
/// <param name="reader">Tombstones and trails.</param>
/// <param name="openings">What reads by this box were.</param>
/// <param name="own">The key that opens them.</param>
public sealed class HolderSearch(
    Address self, ChainState chain, ChainReader reader, SealedOpenings openings, EncryptionKey own)
{
    /// <summary>
    /// The holders, this institution first; of each an entry for each of the places, of one learner and verb.
    /// </summary>
    public ErasureHolders Of(IEnumerable<ErasedPlaces> erased)
    {
        LedgerHead head = chain.Head;
        ErasureHolders answer = new();
        Dictionary<Address, IReadOnlyList<TrailEntry>> trails = [];
        foreach (ErasedPlaces places in erased)
        {
            Address learner = places.Learner.ToAddress();
            if (!trails.TryGetValue(learner, out IReadOnlyList<TrailEntry>? reads))
            {
                (reads, ulong hidden) = ReadsOf(head, learner);
                trails.Add(learner, reads);
                answer.ReadsNotShown += hidden;
            }

            answer.Holders.AddRange(Of(head.State, places, reads));
        }

        return answer;
    }

    private IEnumerable<ErasureHolder> Of(
        LedgerState state, ErasedPlaces places, IReadOnlyList<TrailEntry> reads)
    {
        LlpcName llpc = new(places.Learner.ToAddress(), places.Verb);
        TombstoneLeaf[] tombstones =
        [
            .. places.Indexes.SelectMany(index => reader.RecordsFrom(llpc, self, index, 1)).OfType<TombstoneLeaf>(),
        ];
        if (tombstones.Length == 0)
        {
            return [];
        }

        SortedDictionary<Address, ErasureHolder> found = [];
        foreach (Address custodian in Custodians(state, llpc))
        {
            HolderOf(found, custodian).Custodian = true;
        }

        foreach (TrailEntry read in reads.Where(read => read.Verb == llpc.Verb && GaveAny(read, tombstones)))
        {
            HolderOf(found, read.Reader.ToAddress()).Reads++;
        }

        foreach (Address grantee in Grantees(state, llpc, tombstones))
        {
            HolderOf(found, grantee).Granted = true;
        }

        found.Remove(self);
        ulong height = tombstones.Max(static one => one.ErasedHeight);
        return found.Select(static one => (Address: one.Key, Holder: one.Value))
            .Prepend((Address: self, Holder: new ErasureHolder()))
            .Select(one => Complete(state, one.Address, one.Holder, places, height));
    }

    private static ErasureHolder Complete(
        IStateView state, Address address, ErasureHolder holder, ErasedPlaces places, ulong height)
    {
        holder.Holder = address.ToField();
        holder.Places = places;
        holder.ErasedHeight = height;
        holder.Person = state.Institution(address) is null;
        return holder;
    }

    private static ErasureHolder HolderOf(SortedDictionary<Address, ErasureHolder> found, Address address)
    {
        if (!found.TryGetValue(address, out ErasureHolder? holder))
        {
            holder = new ErasureHolder();
            found.Add(address, holder);
        }

        return holder;
    }

    // Whoever has confirmed a copy, and whoever ever accepted to keep records of writer or learner: that an agreement
    // has ended does not show that its copies are gone.
    private IEnumerable<Address> Custodians(LedgerState state, LlpcName llpc) =>
        state.RangeCustody(llpc, self).Copies.Select(static copy => copy.Custodian.ToAddress())
            .Concat(AgreementsOf(self))
            .Concat(AgreementsOf(llpc.Learner))
            .Distinct();

    private IEnumerable<Address> AgreementsOf(Address client)
    {
        byte[] prefix = StateKeys.Prefix(StateKind.CustodyAgreement, client);
        foreach ((byte[] rawKey, byte[] value) in reader.State(prefix, null))
        {
            if (!StateValues.IsCounter(new StateKey(rawKey))
                && CustodyAgreement.Parser.ParseFrom(value) is { AcceptedHeight: > 0 } agreement)
            {
                yield return agreement.Provider.ToAddress();
            }
        }
    }

    // A box answers at a head; what stood there then, from the place on that was asked for, it may have given.
    private static bool GaveAny(TrailEntry read, TombstoneLeaf[] tombstones) =>
        read is { Features: false, Records: > 0 }
        && tombstones.Any(one => read.FromIndex <= one.Index
            && read.Height >= one.Height
            && read.Height < one.ErasedHeight);

    // A grant that was open at any block between the record's and its tombstone's, for records of this writer.
    private IEnumerable<Address> Grantees(IStateView state, LlpcName llpc, TombstoneLeaf[] tombstones)
    {
        ulong first = tombstones.Min(static one => one.Height);
        ulong last = tombstones.Max(static one => one.ErasedHeight);
        for (ulong number = 1; state.Grant(llpc, number) is { } grant; number++)
        {
            if (grant.Rights.ToBits().HasFlag(AccessBits.Read)
                && grant.Interval.FromHeight <= last
                && (grant.Interval.ToHeight == 0 || grant.Interval.ToHeight >= first)
                && (!grant.OwnRecordsOnly || grant.Writer.ToAddress() == self))
            {
                yield return grant.Grantee.ToAddress();
            }
        }
    }

    // What the box sealed to itself; of an entry that it lacks, or cannot open, nobody here knows whose read it was.
    private (IReadOnlyList<TrailEntry> Reads, ulong NotShown) ReadsOf(LedgerHead head, Address learner)
    {
        List<TrailEntry> reads = [];
        ulong hidden = 0;
        foreach (TrailLeaf leaf in reader.Trail(learner, 0, head.State.Trail(learner).Count)
            .Where(leaf => leaf.Institution.ToAddress() == self))
        {
            if (openings.Find(learner, new Hash256(leaf.Commitment.Span)) is { } sealedEntry
                && SealedMessages.Open(sealedEntry, own, TrailEntries.Purpose) is { } opened)
            {
                reads.Add(TrailEntry.Parser.ParseFrom(opened));
            }
            else
            {
                hidden++;
            }
        }

        return (reads, hidden);
    }
}
