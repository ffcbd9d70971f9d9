using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>The leaves of mountain ranges. Each binds its place and its height. Rule T-4 of the protocol.</summary>
public static class RangeLeaf
{
    /// <summary>
    /// H(RecordLeaf tag, index, height, LRS, query template, key version, hashed id, commitment, 1 if self-reported
    /// else 0).
    /// </summary>
    public static Hash256 OfRecord(RecordLeaf record)
    {
        HashBuilder builder = new(Tags.RecordLeaf, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(record.Index);
        builder.Add(record.Height);
        builder.Add((ulong)record.Locator.Lrs);
        builder.Add((ulong)record.Locator.QueryTemplate);
        builder.Add((ulong)record.Locator.KeyVersion);
        builder.Add(record.Locator.HashedId.Span);
        builder.Add(record.Commitment.Span);
        builder.Add(record.SelfReported ? 1UL : 0UL);
        return builder.Finish();
    }

    /// <summary>H(TombstoneLeaf tag, index, height of the erased record, height of the erasure).</summary>
    public static Hash256 OfTombstone(ulong index, ulong recordHeight, ulong erasedHeight)
    {
        HashBuilder builder = new(Tags.TombstoneLeaf, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(index);
        builder.Add(recordHeight);
        builder.Add(erasedHeight);
        return builder.Finish();
    }

    /// <summary>
    /// Records and tombstones of a range in the order of their places; each of the two lists is in it.
    /// </summary>
    public static IReadOnlyList<IRangeLeaf> InOrder(
        IReadOnlyList<RecordLeaf> records, IReadOnlyList<TombstoneLeaf> tombstones)
    {
        if (tombstones.Count == 0)
        {
            return records;
        }

        List<IRangeLeaf> leaves = new(records.Count + tombstones.Count);
        int next = 0;
        foreach (RecordLeaf record in records)
        {
            while (next < tombstones.Count && tombstones[next].Index < record.Index)
            {
                leaves.Add(tombstones[next++]);
            }

            leaves.Add(record);
        }

        leaves.AddRange(tombstones.Skip(next));
        return leaves;
    }

    /// <summary>H(TrailLeaf tag, index, height, institution, commitment to the read).</summary>
    public static Hash256 OfTrail(TrailLeaf entry)
    {
        HashBuilder builder = new(Tags.TrailLeaf, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(entry.Index);
        builder.Add(entry.Height);
        builder.Add(entry.Institution.Span);
        builder.Add(entry.Commitment.Span);
        return builder.Finish();
    }
}
