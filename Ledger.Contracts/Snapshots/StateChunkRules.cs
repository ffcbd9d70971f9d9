using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.Collections;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Snapshots;

/// <summary>
/// Checks a chunk against the root of the state alone: the hashes of nodes fix the bits on which they branch, so that
/// leaves which stand side by side in what is folded here stand side by side in the tree. Rule N-3 of the protocol.
/// </summary>
public static class StateChunkRules
{
    private const int Bits = Hash256.Size * 8;

    /// <summary>Whether the chunk holds every entry from <paramref name="from"/> on up to its last.</summary>
    public static bool TryCheck(
        Hash256 root, Hash256 from, StateChunk chunk, [NotNullWhen(true)] out CheckedStateChunk? result)
    {
        result = null;
        bool hasBefore = !chunk.BeforeKeyHash.IsEmpty || !chunk.BeforeValueHash.IsEmpty;
        StateChange[] entries = new StateChange[chunk.Entries.Count];
        List<ChunkLeaf> leaves = new(entries.Length + 1);
        if (entries.Length == 0
            || (hasBefore && !TryAddBefore(chunk, from, leaves))
            || (!hasBefore && chunk.Left.Count > 0)
            || !TryAddEntries(chunk, from, entries, leaves)
            || !TryRead(chunk.Left, out StateStepHash[] left)
            || !TryRead(chunk.Right, out StateStepHash[] right)
            || !TryFold([.. leaves], left, right, out Hash256 top)
            || StateHashes.Root(top) != root)
        {
            return false;
        }

        result = new CheckedStateChunk(entries, right.Length == 0 ? null : After(entries[^1].Key.Hash));
        return true;
    }

    private static bool TryAddBefore(StateChunk chunk, Hash256 from, List<ChunkLeaf> leaves)
    {
        if (!Hash256.TryRead(chunk.BeforeKeyHash.Span, out Hash256 keyHash)
            || !Hash256.TryRead(chunk.BeforeValueHash.Span, out Hash256 valueHash)
            || keyHash.CompareTo(from) >= 0)
        {
            return false;
        }

        leaves.Add(new ChunkLeaf(keyHash, StateHashes.Leaf(keyHash, valueHash)));
        return true;
    }

    private static bool TryAddEntries(StateChunk chunk, Hash256 from, StateChange[] entries, List<ChunkLeaf> leaves)
    {
        for (int place = 0; place < entries.Length; place++)
        {
            StateEntry entry = chunk.Entries[place];
            if (entry.Key.IsEmpty)
            {
                return false;
            }

            StateKey key = new(entry.Key.Memory);
            if (key.Hash.CompareTo(place == 0 ? from : entries[place - 1].Key.Hash) < (place == 0 ? 0 : 1))
            {
                return false;
            }

            entries[place] = new StateChange(key, entry.Value.Memory);
            leaves.Add(new ChunkLeaf(key.Hash, StateHashes.Leaf(key.Hash, StateHashes.Value(entry.Value.Span))));
        }

        return true;
    }

    private static bool TryRead(RepeatedField<StateStep> steps, out StateStepHash[] read)
    {
        read = new StateStepHash[steps.Count];
        for (int place = 0; place < read.Length; place++)
        {
            StateStep step = steps[place];
            if (step.Bit >= Bits
                || (place > 0 && step.Bit <= steps[place - 1].Bit)
                || !Hash256.TryRead(step.Sibling.Span, out Hash256 sibling))
            {
                return false;
            }

            read[place] = new StateStepHash((int)step.Bit, sibling);
        }

        return true;
    }

    // Folds leaves that stand side by side, and what surrounds them, into the node above. What is to the left of the
    // first leaf hangs on the way to it, what is to the right of the last on the way to that.
    private static bool TryFold(
        ReadOnlySpan<ChunkLeaf> leaves,
        ReadOnlySpan<StateStepHash> left,
        ReadOnlySpan<StateStepHash> right,
        out Hash256 top)
    {
        ChunkLeaf first = leaves[0];
        ChunkLeaf last = leaves[^1];
        int branch = leaves.Length == 1 ? Bits : first.KeyHash.FirstDifferentBit(last.KeyHash);
        int leftAbove = CountAbove(left, branch);
        int rightAbove = CountAbove(right, branch);
        if (!TryFoldInner(leaves, branch, left[leftAbove..], right[rightAbove..], out top))
        {
            return false;
        }

        while (leftAbove + rightAbove > 0)
        {
            int leftBit = leftAbove > 0 ? left[leftAbove - 1].Bit : -1;
            int rightBit = rightAbove > 0 ? right[rightAbove - 1].Bit : -1;
            if (leftBit == rightBit || (leftBit > rightBit ? !first.KeyHash.Bit(leftBit) : last.KeyHash.Bit(rightBit)))
            {
                return false;
            }

            top = leftBit > rightBit
                ? StateHashes.Branch(leftBit, left[--leftAbove].Sibling, top)
                : StateHashes.Branch(rightBit, top, right[--rightAbove].Sibling);
        }

        return true;
    }

    private static bool TryFoldInner(
        ReadOnlySpan<ChunkLeaf> leaves,
        int branch,
        ReadOnlySpan<StateStepHash> left,
        ReadOnlySpan<StateStepHash> right,
        out Hash256 top)
    {
        top = leaves[0].Hash;
        if (leaves.Length == 1)
        {
            return left.IsEmpty && right.IsEmpty;
        }

        if ((!left.IsEmpty && left[0].Bit == branch) || (!right.IsEmpty && right[0].Bit == branch))
        {
            return false;
        }

        int middle = FirstWithBit(leaves, branch);
        if (!TryFold(leaves[..middle], left, [], out Hash256 leftTop)
            || !TryFold(leaves[middle..], [], right, out Hash256 rightTop))
        {
            return false;
        }

        top = StateHashes.Branch(branch, leftTop, rightTop);
        return true;
    }

    private static int CountAbove(ReadOnlySpan<StateStepHash> steps, int branch)
    {
        int count = 0;
        while (count < steps.Length && steps[count].Bit < branch)
        {
            count++;
        }

        return count;
    }

    // The leaves ascend and differ in this bit first, so that those in which it is 0 come first.
    private static int FirstWithBit(ReadOnlySpan<ChunkLeaf> leaves, int bit)
    {
        int low = 0;
        int high = leaves.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = leaves[middle].KeyHash.Bit(bit) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static Hash256 After(Hash256 hash)
    {
        byte[] bytes = hash.ToArray();
        for (int place = bytes.Length - 1; place >= 0; place--)
        {
            bytes[place] = unchecked((byte)(bytes[place] + 1));
            if (bytes[place] != 0)
            {
                break;
            }
        }

        return new Hash256(bytes);
    }

    private readonly record struct ChunkLeaf(Hash256 KeyHash, Hash256 Hash);

    private readonly record struct StateStepHash(int Bit, Hash256 Sibling);
}
