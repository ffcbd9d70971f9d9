namespace Ledger.Primitives;

/// <summary>
/// The inner nodes of a <see cref="MerkleList"/>, kept for a list of which many paths are asked: a path is read off in
/// place of hashing the whole list again.
/// </summary>
public sealed class MerkleListTree
{
    // The leaves first, then the nodes over pairs; one without a partner goes up as it is. This is the shape of
    // RFC 6962, whose left part is the largest power of two.
    private readonly List<Hash256[]> levels = [];

    /// <summary>Hashes the list once.</summary>
    public MerkleListTree(Hash256[] leaves)
    {
        levels.Add(leaves);
        while (levels[^1].Length > 1)
        {
            levels.Add(Over(levels[^1]));
        }
    }

    /// <summary>How many leaves the list has.</summary>
    public int Count => levels[0].Length;

    /// <summary>The same hashes as <see cref="MerkleList.Path"/> gives.</summary>
    public Hash256[] Path(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        List<Hash256> path = [];
        foreach (Hash256[] level in levels)
        {
            int sibling = index ^ 1;
            if (sibling < level.Length)
            {
                path.Add(level[sibling]);
            }

            index >>= 1;
        }

        return [.. path];
    }

    private static Hash256[] Over(Hash256[] below)
    {
        Hash256[] level = new Hash256[(below.Length + 1) / 2];
        for (int place = 0; place < level.Length; place++)
        {
            int left = 2 * place;
            level[place] = left + 1 < below.Length ? MerkleList.Node(below[left], below[left + 1]) : below[left];
        }

        return level;
    }
}
