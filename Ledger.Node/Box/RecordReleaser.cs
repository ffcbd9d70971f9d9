using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Runs the query of the records that this institution wrote for a learner and verb, compares each with the ledger's
/// commitment, and puts what matches, and what the reader's limits cover, into a bundle with its proofs. What does not
/// match is named with both values and held back.
/// </summary>
public sealed class RecordReleaser(Address self, ChainReader reader, ProofMaker proofs, RecordStore store)
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
    /// The bundle for a request that was found to have the right: from a place on, the records that the permit covers.
    /// Those that it does not cover are counted as withheld.
    /// </summary>
    public ReleasedRecords Release(LedgerHead head, LlpcName llpc, BoxRequestBody request, ReadPermit permit)
    {
        RecordRange range = head.State.RecordRange(llpc, self);
        IReadOnlyList<RecordLeaf> leaves = reader.Records(llpc, self, range.Count);
        Invariant.That((ulong)leaves.Count == range.Count, "the leaves of a range are on disk");
        WriterRecords records = new()
        {
            Writer = ByteString.CopyFrom(self.ToArray()),
            Range = range,
            RangeProof = head.State.Tree.Prove(StateKeys.RecordRange(llpc, self).Hash),
        };
        Hash256[] hashes = [.. leaves.Select(leaf => RangeLeaf.OfRecord(leaf))];
        uint room = request.Limit == 0 ? RecordsMax : Math.Min(request.Limit, RecordsMax);
        int size = 0;
        int scanned = 0;
        RecordLeaf[] asked = [.. leaves.Skip(checked((int)Math.Min(request.FromIndex, int.MaxValue)))];
        while (scanned < asked.Length
            && scanned - (int)records.Withheld < room
            && scanned < ScannedMax
            && size <= ContentBytesMax)
        {
            size += Add(records, asked[scanned], hashes, permit);
            scanned++;
        }

        RecordBundle bundle = BundleOf(head, llpc, request, records);
        bool isAll = request.FromIndex == 0 && scanned == asked.Length;
        return new ReleasedRecords(bundle, isAll && scanned > 0 && records.Withheld == (ulong)scanned);
    }

    private RecordBundle BundleOf(LedgerHead head, LlpcName llpc, BoxRequestBody request, WriterRecords records) =>
        new()
        {
            Version = Version,
            Membership = proofs.Membership(head.Header.Epoch),
            Block = reader.CertifiedHeader(head.Height),
            Learner = request.Learner,
            Verb = llpc.Verb,
            Writers = { records },
        };

    private int Add(WriterRecords records, RecordLeaf leaf, Hash256[] hashes, ReadPermit permit)
    {
        StoredRecord? stored = store.Find(leaf.Locator.KeyVersion, HashedId.Read(leaf.Locator.HashedId.Span));
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

    // What was stored is computed anew: a value kept beside the record would prove nothing about the record.
    private static Hash256 Commitment(StoredRecord stored)
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
