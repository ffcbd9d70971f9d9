using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Custody;

/// <summary>
/// Takes a portion in: each record's commitment is computed anew and compared with the leaf at its place, which this
/// node has from the chain. What does not match is not kept.
/// </summary>
public sealed class CustodyImport(ChainReader reader, CustodyStore store)
{
    /// <summary>Verifies and keeps the records of a portion.</summary>
    public ImportReply Take(LedgerHead head, CustodyPortion portion)
    {
        LlpcName llpc = new(portion.Learner.ToAddress(), portion.Verb);
        Address writer = portion.Writer.ToAddress();
        RangeName name = RangeName.OfRecords(llpc, writer);
        RecordRange range = head.State.RecordRange(llpc, writer);
        List<VerifiedCopy> copies = [];
        ImportReply reply = new() { Writer = portion.Writer, Learner = portion.Learner, Verb = portion.Verb };
        foreach (CustodyRecord record in portion.Records)
        {
            if (record.Index < range.Count && Verify(name, llpc, writer, record) is { } copy)
            {
                copies.Add(copy);
            }
            else
            {
                reply.Refused.Add(record.Index);
            }
        }

        store.AddAll(copies);
        reply.Verified = (ulong)copies.Count;
        reply.Kept = store.Count(name.ToRawKey());
        reply.Expected = range.Count - range.Erased;
        return reply;
    }

    private VerifiedCopy? Verify(RangeName name, LlpcName llpc, Address writer, CustodyRecord record)
    {
        RecordType? type = record.Type switch
        {
            "xapi" => RecordType.XapiStatement,
            "caliper" => RecordType.CaliperEvent,
            _ => null,
        };
        RecordLeaf? leaf = reader.RecordsFrom(llpc, writer, record.Index, 1).FirstOrDefault() as RecordLeaf;
        if (type is null
            || leaf?.Index != record.Index
            || record.Salt.Length != Hash256.Size
            || Commitment(type.Value, record) is not { } computed
            || computed != new Hash256(leaf.Commitment.Span))
        {
            return null;
        }

        return new VerifiedCopy(name, leaf, new KeptRecord(
            type.Value,
            DateTimeOffset.FromUnixTimeMilliseconds(record.TimeUnixMs),
            record.Content.Memory,
            record.Salt.Memory));
    }

    private static Hash256? Commitment(RecordType type, CustodyRecord record)
    {
        try
        {
            return RecordCommitment.Compute(type, record.Content.Span, record.Salt.Span);
        }
        catch (RecordFormatException)
        {
            return null;
        }
    }
}
