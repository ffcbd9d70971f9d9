namespace Ledger.Primitives;

/// <summary>
/// A Merkle tree over an ordered list, in the shape of RFC 6962 (the left part is the largest power of two below the
/// count). The root binds the count. Leaves come tagged by their own kind. Rule P-2 of the protocol.
/// </summary>
public static class MerkleList
{
    /// <summary>A path is at most this long: a list has fewer than 2^32 leaves.</summary>
    public const int PathLengthMax = 32;

    /// <summary>The root over the leaves; an empty list has a root too.</summary>
    public static Hash256 Root(ReadOnlySpan<Hash256> leaves)
    {
        Hash256 top = leaves.Length == 0 ? Hash256.Zero : Subtree(leaves);
        return Bind(top, (ulong)leaves.Length);
    }

    /// <summary>The sibling hashes from the leaf at <paramref name="index"/> up to the root.</summary>
    public static Hash256[] Path(ReadOnlySpan<Hash256> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        List<Hash256> path = [];
        CollectPath(leaves, index, path);
        return [.. path];
    }

    /// <summary>
    /// Whether <paramref name="leaf"/> stands at <paramref name="index"/> of the list with this root and count.
    /// </summary>
    public static bool Verify(Hash256 root, Hash256 leaf, ulong index, ulong count, ReadOnlySpan<Hash256> path)
    {
        if (index >= count || path.Length > PathLengthMax)
        {
            return false;
        }

        int used = 0;
        return TryFold(leaf, index, count, path, ref used, out Hash256 top)
            && used == path.Length
            && Bind(top, count) == root;
    }

    /// <summary>The hash over two parts.</summary>
    internal static Hash256 Node(in Hash256 left, in Hash256 right) => TaggedHash.Of(Tags.ListNode, left, right);

    private static bool TryFold(
        Hash256 leaf, ulong index, ulong count, ReadOnlySpan<Hash256> path, ref int used, out Hash256 top)
    {
        if (count == 1)
        {
            top = leaf;
            return true;
        }

        ulong left = LeftCount(count);
        bool isLeft = index < left;
        if (!TryFold(
            leaf, isLeft ? index : index - left, isLeft ? left : count - left, path, ref used, out Hash256 inner)
            || used >= path.Length)
        {
            top = default;
            return false;
        }

        Hash256 sibling = path[used++];
        top = isLeft ? Node(inner, sibling) : Node(sibling, inner);
        return true;
    }

    private static void CollectPath(ReadOnlySpan<Hash256> leaves, int index, List<Hash256> path)
    {
        if (leaves.Length == 1)
        {
            return;
        }

        int left = (int)LeftCount((ulong)leaves.Length);
        if (index < left)
        {
            CollectPath(leaves[..left], index, path);
            path.Add(Subtree(leaves[left..]));
        }
        else
        {
            CollectPath(leaves[left..], index - left, path);
            path.Add(Subtree(leaves[..left]));
        }
    }

    private static Hash256 Subtree(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        int left = (int)LeftCount((ulong)leaves.Length);
        return Node(Subtree(leaves[..left]), Subtree(leaves[left..]));
    }

    private static ulong LeftCount(ulong count) =>
        1UL << (63 - System.Numerics.BitOperations.LeadingZeroCount(count - 1));

    private static Hash256 Bind(in Hash256 top, ulong count)
    {
        HashBuilder builder = new(Tags.ListRoot, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(count);
        builder.Add(top);
        return builder.Finish();
    }
}
