using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Contracts.Custody;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Custody;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Runs the query of the records that this institution wrote, or has in custody, for a learner and verb, compares each
/// with the ledger's commitment, and puts what matches, and what the reader's limits cover, into a bundle with its
/// proofs. What does not match is named with both values and held back.
/// </summary>
public sealed class RecordReleaser(
    Address self, ChainReader reader, ProofMaker proofs, RecordStore store, CustodyStore custody)
{
    /// <summary>Records of one answer.</summary>
    public const uint RecordsMax = 1000;

    /// <summary>
    /// Records that are looked at for one answer, where limits cover few of them; the reader asks again from where it
    /// ended.
    /// </summary>
    private const int ScannedMax = 10_000;

    /// <summary>Contents of one answer stop at this size; the reader asks again from where it ended.</summary>
    private const int ContentBytesMax = 8 * 1024 * 1024;

    private const uint Version = 1;

    /// <summary>
    /// Whose records of an LLPC this box serves: this institution's own, and those of writers that are gone of which it
    /// has confirmed a copy.
    /// </summary>
    public IReadOnlyList<Address> WritersServed(LedgerHead head, LlpcName llpc)
    {
        ByteString own = self.ToField();
        List<Address> inCustody = [.. reader.Writers(llpc).Where(writer => writer != self
            && CustodyRules.HasGone(head.State, writer)
            && head.State.RangeCustody(llpc, writer).Copies.Any(copy => copy.Custodian == own))];
        bool servesOwn = inCustody.Count == 0 || head.State.RecordRange(llpc, self).Count > 0;
        return servesOwn ? [self, .. inCustody] : inCustody;
    }

    /// <summary>
    /// The bundle for a request that was found to have the right: of each writer, from a place on, the records that the
    /// permit covers. Those that it does not cover are counted as withheld.
    /// </summary>
    public ReleasedRecords Release(
        LedgerHead head, LlpcName llpc, BoxRequestBody request, IReadOnlyList<WriterPermit> permits)
    {
        List<WriterRecords> writers = [];
        bool isOutside = true;
        int room = ContentBytesMax;
        foreach (WriterPermit permit in permits)
        {
            (WriterRecords records, bool isOutsideLimits, int size) =
                Release(head, llpc, request, permit.Writer, permit.Permit, room);
            writers.Add(records);
            isOutside &= isOutsideLimits;
            room = Math.Max(0, room - size);
        }

        return new ReleasedRecords(BundleOf(head, llpc, request, writers), isOutside);
    }

    private (WriterRecords Records, bool IsOutsideLimits, int Size) Release(
        LedgerHead head, LlpcName llpc, BoxRequestBody request, Address writer, ReadPermit permit, int bytesMax)
    {
        RecordRange range = head.State.RecordRange(llpc, writer);
        IReadOnlyList<RecordLeaf> leaves = reader.Records(llpc, writer, range.Count);
        Invariant.That((ulong)leaves.Count == range.Count, "the leaves of a range are on disk");
        WriterRecords records = new()
        {
            Writer = ByteString.CopyFrom(writer.ToArray()),
            Range = range,
            RangeProof = head.State.Tree.Prove(StateKeys.RecordRange(llpc, writer).Hash),
        };
        Hash256[] hashes = [.. leaves.Select(leaf => RangeLeaf.OfRecord(leaf))];
        uint room = request.Limit == 0 ? RecordsMax : Math.Min(request.Limit, RecordsMax);
        int size = 0;
        int scanned = 0;
        RecordLeaf[] asked = [.. leaves.Skip(checked((int)Math.Min(request.FromIndex, int.MaxValue)))];
        while (scanned < asked.Length
            && scanned - (int)records.Withheld < room
            && scanned < ScannedMax
            && size <= bytesMax)
        {
            size += Add(records, writer, asked[scanned], hashes, permit);
            scanned++;
        }

        bool isAll = request.FromIndex == 0 && scanned == asked.Length;
        return (records, isAll && scanned > 0 && records.Withheld == (ulong)scanned, size);
    }

    private RecordBundle BundleOf(
        LedgerHead head, LlpcName llpc, BoxRequestBody request, IEnumerable<WriterRecords> writers) =>
        new()
        {
            Version = Version,
            Membership = proofs.Membership(head.Header.Epoch),
            Block = reader.CertifiedHeader(head.Height),
            Learner = request.Learner,
            Verb = llpc.Verb,
            Writers = { writers },
        };

    private int Add(
        WriterRecords records, Address writer, RecordLeaf leaf, Hash256[] hashes, ReadPermit permit)
    {
        KeptRecord? stored = Find(writer, leaf.Locator);
        if (stored is null)
        {
            records.Unavailable.Add(leaf.Index);
            return 0;
        }

        Hash256 computed = Commitment(stored);
        if (computed != new Hash256(leaf.Commitment.Span))
        {
            records.Mismatches.Add(new Mismatch
            {
                Index = leaf.Index,
                Committed = leaf.Commitment,
                Computed = ByteString.CopyFrom(computed.ToArray()),
            });
            return 0;
        }

        if (!permit.Covers(stored))
        {
            records.Withheld++;
            return 0;
        }

        records.Records.Add(new ReleasedRecord
        {
            Leaf = leaf,
            Proof = RecordRanges.Prove(hashes, leaf.Index),
            Type = stored.Type == RecordType.XapiStatement ? "xapi" : "caliper",
            Content = UnsafeByteOperations.UnsafeWrap(stored.Committed),
            Salt = UnsafeByteOperations.UnsafeWrap(stored.Salt),
        });
        return stored.Committed.Length;
    }

    private KeptRecord? Find(Address writer, Locator locator)
    {
        HashedId id = HashedId.Read(locator.HashedId.Span);
        if (writer != self)
        {
            return custody.Find(writer, locator.KeyVersion, id);
        }

        return store.Find(locator.KeyVersion, id) is { } stored ? KeptRecord.Of(stored) : null;
    }

    // What was stored is computed anew: a value kept beside the record would prove nothing about the record.
    private static Hash256 Commitment(KeptRecord stored)
    {
        try
        {
            return RecordCommitment.Compute(stored.Type, stored.Committed.Span, stored.Salt.Span);
        }
        catch (RecordFormatException)
        {
            // Bytes that are no record any more have no commitment: zero differs from every committed value.
            return Hash256.Zero;
        }
    }
}
