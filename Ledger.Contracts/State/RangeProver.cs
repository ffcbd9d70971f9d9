using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// Proves many leaves of one mountain range: each inner node is hashed once, where <see cref="RecordRanges.Prove"/>
/// hashes half of the range for every leaf.
/// </summary>
public sealed class RangeProver
{
    private readonly List<Hash256[]> levels;

    /// <summary>Takes every leaf of the range, in order.</summary>
    public RangeProver(IReadOnlyList<Hash256> leaves)
    {
        levels = [[.. leaves]];
        while (levels[^1].Length > 1)
        {
            Hash256[] below = levels[^1];
            Hash256[] above = new Hash256[below.Length / 2];
            for (int pair = 0; pair < above.Length; pair++)
            {
                above[pair] = RecordRanges.Node(below[2 * pair], below[(2 * pair) + 1]);
            }

            levels.Add(above);
        }
    }

    /// <summary>How many leaves there are.</summary>
    public ulong Count => (ulong)levels[0].Length;

    /// <summary>Proves the leaf at an index below the count.</summary>
    public RangeProof Prove(ulong index)
    {
        RangeProof proof = new() { Index = index };
        int height = RecordRanges.LevelsAbove(index, Count);
        for (int level = 0; level < height; level++)
        {
            // Mountains begin at multiples of their size, so that a node's place follows from the leaf's alone.
            int sibling = checked((int)((index >> level) ^ 1));
            proof.Path.Add(ByteString.CopyFrom(levels[level][sibling].ToArray()));
        }

        return proof;
    }

    /// <summary>
    /// What shows that leaves stand at these places, in ascending order, so that others can take their place: see
    /// <c>LlpcErase</c>.
    /// </summary>
    public IEnumerable<ByteString> ProveAll(IReadOnlyList<ulong> indexes) => LeafReplacement
        .PathOf(Count, indexes, (start, level) => levels[level][checked((int)(start >> level))])
        .Select(static hash => ByteString.CopyFrom(hash.ToArray()));
}
