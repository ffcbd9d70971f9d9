using System.Numerics;
using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Snapshots;

/// <summary>
/// Parts of ranges. A full part is a perfect tree, so that the parts of a range are themselves the leaves of a
/// range with the same larger peaks; what is left over stands below the smaller peaks. Rule N-4 of the protocol.
/// </summary>
public static class RecordParts
{
    /// <summary>How many parts a range has.</summary>
    public static ulong Count(RecordRange range) =>
        (range.Count >> SnapshotLimits.PartLevels) + (RestOf(range) == 0 ? 0UL : 1UL);

    /// <summary>How many leaves a part has.</summary>
    public static int LeavesOf(RecordRange range, ulong part) =>
        part < range.Count >> SnapshotLimits.PartLevels ? SnapshotLimits.PartLeavesMax : RestOf(range);

    /// <summary>The root over the leaves of a full part.</summary>
    public static Hash256 Root(IEnumerable<IRangeLeaf> leaves)
    {
        RecordRange tree = Append(leaves);
        Invariant.That(tree.Count == SnapshotLimits.PartLeavesMax);
        return new Hash256(tree.Peaks[0].Span);
    }

    /// <summary>The path of a full part, from the roots of all full parts of its range.</summary>
    public static IEnumerable<ByteString> Path(IReadOnlyList<Hash256> roots, ulong part) =>
        RecordRanges.Prove(roots, part).Path;

    /// <summary>Whether the pieces are the first of those that are expected, one of them at least.</summary>
    public static bool Check(RecordChunk chunk, IReadOnlyList<ExpectedPart> expected)
    {
        if (chunk.Parts.Count == 0 || chunk.Parts.Count > expected.Count)
        {
            return false;
        }

        for (int place = 0; place < chunk.Parts.Count; place++)
        {
            if (!Check(chunk.Parts[place], expected[place]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The leaves of a part, of whichever kind its range is.</summary>
    public static IReadOnlyList<IRangeLeaf> LeavesOf(RecordPart part) =>
        IsTrail(part) ? part.Trail : RangeLeaf.InOrder(part.Leaves, part.Tombstones);

    /// <summary>A part with these leaves.</summary>
    public static RecordPart Of(byte[] rangeKey, ulong number, IEnumerable<IRangeLeaf> leaves)
    {
        RecordPart part = new() { Range = UnsafeByteOperations.UnsafeWrap(rangeKey), Part = number };
        part.Trail.AddRange(leaves.OfType<TrailLeaf>());
        part.Leaves.AddRange(leaves.OfType<RecordLeaf>());
        part.Tombstones.AddRange(leaves.OfType<TombstoneLeaf>());
        return part;
    }

    private static bool Check(RecordPart part, ExpectedPart expected)
    {
        IReadOnlyList<IRangeLeaf> leaves = LeavesOf(part);
        if (part.Part != expected.Part
            || !part.Range.Span.SequenceEqual(expected.RangeKey.Span)
            || leaves.Count != LeavesOf(expected.Range, part.Part)
            || part.Leaves.Count + part.Tombstones.Count + part.Trail.Count != leaves.Count)
        {
            return false;
        }

        for (int place = 0; place < leaves.Count; place++)
        {
            if (leaves[place].Index != (part.Part << SnapshotLimits.PartLevels) + (ulong)place
                || !leaves[place].IsWellFormed)
            {
                return false;
            }
        }

        RecordRange tree = Append(leaves);
        return tree.Count == SnapshotLimits.PartLeavesMax
            ? IsFullPart(part, expected.Range, new Hash256(tree.Peaks[0].Span))
            : part.Path.Count == 0 && EndsWith(expected.Range, tree);
    }

    private static bool IsTrail(RecordPart part) =>
        !part.Range.IsEmpty && part.Range[0] == (byte)StateKind.Trail;

    private static bool IsFullPart(RecordPart part, RecordRange range, Hash256 root)
    {
        RecordRange parts = new() { Count = range.Count >> SnapshotLimits.PartLevels };
        parts.Peaks.AddRange(range.Peaks.Take(BitOperations.PopCount(parts.Count)));
        RangeProof proof = new() { Index = part.Part };
        proof.Path.AddRange(part.Path);
        return RecordRanges.Verify(parts, root, proof);
    }

    private static bool EndsWith(RecordRange range, RecordRange rest) =>
        rest.Peaks.Count <= range.Peaks.Count
        && range.Peaks.Skip(range.Peaks.Count - rest.Peaks.Count).SequenceEqual(rest.Peaks);

    private static RecordRange Append(IEnumerable<IRangeLeaf> leaves)
    {
        RecordRange tree = new();
        foreach (IRangeLeaf leaf in leaves)
        {
            RecordRanges.Append(tree, leaf.LeafHash, leaf.Height);
        }

        return tree;
    }

    private static int RestOf(RecordRange range) => (int)(range.Count & (SnapshotLimits.PartLeavesMax - 1));
}
