using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// The state as a path-compressed binary Merkle tree over key hashes. Immutable: a change makes a new tree that shares
/// what did not change. Its shape depends on the set of keys alone, never on the order in which they came. Rule T-1 of
/// the protocol.
/// </summary>
public sealed class StateTree : IStateView
{
    /// <summary>Bits of a key hash.</summary>
    internal const int KeyBits = Hash256.Size * 8;

    private readonly StateNode? top;

    private StateTree(StateNode? top, int count, Hash256 root)
    {
        this.top = top;
        Count = count;
        Root = root;
    }

    /// <summary>The tree without keys.</summary>
    public static StateTree Empty { get; } = new(null, 0, StateHashes.EmptyRoot);

    /// <summary>How many keys the tree holds.</summary>
    public int Count { get; }

    /// <summary>The root, which a block's header bears.</summary>
    public Hash256 Root { get; }

    /// <summary>
    /// A tree with these values; keys may stand in any order, each once. Every touched path is rebuilt once.
    /// </summary>
    public StateTree With(IEnumerable<StateChange> changes)
    {
        StateChange[] sorted = [.. changes.Select(static change => change with { Key = change.Key.Hashed() })];
        Array.Sort(sorted, static (left, right) => left.Key.Hash.CompareTo(right.Key.Hash));
        int[] leavesAt = new int[sorted.Length];
        for (int place = 0; place < sorted.Length; place++)
        {
            leavesAt[place] = LeavesAt(sorted[place].Key.Hash, out _);
        }

        return WithSorted(sorted, leavesAt);
    }

    /// <inheritdoc/>
    public T? Peek<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T> => this.Find(key, parser);

    /// <inheritdoc/>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value) => LeavesAt(key.Hash, out value) == KeyBits;

    /// <summary>Proves the key present or absent; <see cref="StateProofs"/> checks it.</summary>
    public StateProof Prove(Hash256 keyHash)
    {
        StateProof proof = new();
        StateLeaf? leaf = Descend(keyHash, proof);
        if (leaf is null)
        {
            proof.Empty = true;
            return proof;
        }

        proof.FoundKeyHash = ByteString.CopyFrom(leaf.Entry.Key.Hash.ToArray());
        if (leaf.Entry.Key.Hash != keyHash)
        {
            proof.FoundValueHash = ByteString.CopyFrom(StateHashes.Value(leaf.Entry.Value.Span).ToArray());
        }

        return proof;
    }

    /// <summary>All keys and values in the order of key hashes.</summary>
    public IEnumerable<StateChange> Entries() => EntriesFrom(Hash256.Zero);

    /// <summary>The keys and values whose key hash is at least <paramref name="from"/>, in that order.</summary>
    public IEnumerable<StateChange> EntriesFrom(Hash256 from)
    {
        Stack<StateNode> open = new();
        int leavesAt = LeavesAt(from, out _);
        for (StateNode? next = top; next is not null;)
        {
            (_, StateNode? after, next) = SplitAt(next, from, leavesAt);
            if (after is not null)
            {
                open.Push(after);
            }
        }

        while (open.TryPop(out StateNode? node))
        {
            if (node is StateBranch branch)
            {
                open.Push(branch.Right);
                open.Push(branch.Left);
            }
            else
            {
                yield return ((StateLeaf)node).Entry;
            }
        }
    }

    /// <summary>The entry with the greatest key hash below <paramref name="bound"/>, or null.</summary>
    public StateChange? LastBefore(Hash256 bound)
    {
        StateNode? nearest = null;
        int leavesAt = LeavesAt(bound, out _);
        for (StateNode? next = top; next is not null;)
        {
            (StateNode? before, _, next) = SplitAt(next, bound, leavesAt);
            nearest = before ?? nearest;
        }

        while (nearest is StateBranch branch)
        {
            nearest = branch.Right;
        }

        return ((StateLeaf?)nearest)?.Entry;
    }

    /// <summary>
    /// Where the search for a key leaves the tree: the first bit in which it differs from the key that the search
    /// finds, or <see cref="KeyBits"/> where that is the key itself, whose value is given.
    /// </summary>
    internal int LeavesAt(in Hash256 keyHash, out ReadOnlyMemory<byte> value)
    {
        value = default;
        StateLeaf? leaf = Descend(keyHash);
        return leaf is null ? 0 : leaf.LeavesAt(keyHash, out value);
    }

    /// <summary>
    /// The same for several keys, which are searched for side by side: while memory is waited for on one way, it is
    /// asked for the others.
    /// </summary>
    internal void Search(Span<KeySearch> searches)
    {
        foreach (ref KeySearch search in searches)
        {
            search.At = top;
        }

        for (bool isOpen = top is not null; isOpen;)
        {
            isOpen = false;
            foreach (ref KeySearch search in searches)
            {
                StateNode node = search.At!;
                if (node.Left is { } left)
                {
                    search.At = search.Key.HasBit(node.Bit) ? node.Right : left;
                    isOpen = true;
                }
            }
        }
    }

    /// <summary>
    /// As <see cref="With"/>, for changes that already ascend by key hash, each with where the search for it leaves
    /// this tree.
    /// </summary>
    internal StateTree WithSorted(ReadOnlySpan<StateChange> sorted, ReadOnlySpan<int> leavesAt)
    {
        if (sorted.IsEmpty)
        {
            return this;
        }

        int added = 0;
        Hash256 hash = default;
        StateNode next = top is null
            ? Build(sorted, ref added, out hash)
            : Merge(top, sorted, leavesAt, ref added, ref hash);
        return new StateTree(next, Count + added, StateHashes.Root(hash));
    }

    private StateLeaf? Descend(in Hash256 keyHash)
    {
        StateNode? node = top;
        while (node?.Left is { } left)
        {
            node = keyHash.Bit(node.Bit) ? node.Right : left;
        }

        return (StateLeaf?)node;
    }

    private StateLeaf? Descend(in Hash256 keyHash, StateProof proof)
    {
        StateNode? node = top;
        while (node is StateBranch branch)
        {
            bool right = keyHash.Bit(branch.Bit);
            proof.Steps.Add(new StateStep
            {
                Bit = (uint)branch.Bit,
                Sibling = ByteString.CopyFrom((right ? branch.LeftHash : branch.RightHash).ToArray()),
            });
            node = right ? branch.Right : branch.Left;
        }

        return (StateLeaf?)node;
    }

    // What of a node lies wholly before a bound, what wholly at or after it, and what the bound goes through. Above the
    // bit at which the search for the bound leaves the tree, all below a node on its way are on the same side of it.
    private static (StateNode? Before, StateNode? After, StateNode? Through) SplitAt(
        StateNode node, in Hash256 bound, int leavesAt)
    {
        if (node is StateBranch branch && leavesAt >= branch.Bit)
        {
            return bound.Bit(branch.Bit) ? (branch.Left, null, branch.Right) : (null, branch.Right, branch.Left);
        }

        bool isBefore = leavesAt < KeyBits && bound.Bit(leavesAt);
        return isBefore ? (node, null, null) : (null, node, null);
    }

    // Takes the node's hash and gives that of the new one.
    private static StateNode Merge(
        StateNode node,
        ReadOnlySpan<StateChange> changes,
        ReadOnlySpan<int> leavesAt,
        ref int added,
        ref Hash256 hash)
    {
        if (changes.IsEmpty)
        {
            return node;
        }

        // The changes ascend, so what the first and the last share with the node's keys, all between them share too.
        int differing = Math.Min(leavesAt[0], leavesAt[^1]);
        if (node is StateBranch branch && differing >= branch.Bit)
        {
            int middle = FirstWithBit(changes, branch.Bit);
            Hash256 leftHash = branch.LeftHash;
            Hash256 rightHash = branch.RightHash;
            StateNode left = Merge(branch.Left, changes[..middle], leavesAt[..middle], ref added, ref leftHash);
            StateNode right = Merge(branch.Right, changes[middle..], leavesAt[middle..], ref added, ref rightHash);
            return Branch(branch.Bit, left, leftHash, right, rightHash, out hash);
        }

        if (differing == KeyBits)
        {
            Invariant.That(changes.Length == 1);
            return Leaf(changes[0], out hash);
        }

        return Split(node, differing, changes, leavesAt, ref added, ref hash);
    }

    // Puts a branch above a node: some of the changes differ from all of its keys in that bit.
    private static StateBranch Split(
        StateNode node,
        int bit,
        ReadOnlySpan<StateChange> changes,
        ReadOnlySpan<int> leavesAt,
        ref int added,
        ref Hash256 hash)
    {
        int middle = FirstWithBit(changes, bit);
        Hash256 beside = hash;
        bool isNodeRight = leavesAt[0] == bit && !changes[0].Key.Hash.Bit(bit);
        if (isNodeRight)
        {
            StateNode left = Build(changes[..middle], ref added, out Hash256 leftHash);
            StateNode right = Merge(node, changes[middle..], leavesAt[middle..], ref added, ref beside);
            return Branch(bit, left, leftHash, right, beside, out hash);
        }

        StateNode before = Merge(node, changes[..middle], leavesAt[..middle], ref added, ref beside);
        StateNode after = Build(changes[middle..], ref added, out Hash256 afterHash);
        return Branch(bit, before, beside, after, afterHash, out hash);
    }

    private static StateNode Build(ReadOnlySpan<StateChange> changes, ref int added, out Hash256 hash)
    {
        if (changes.Length == 1)
        {
            added++;
            return Leaf(changes[0], out hash);
        }

        int bit = changes[0].Key.Hash.FirstDifferentBit(changes[^1].Key.Hash);
        Invariant.That(bit < KeyBits);
        int middle = FirstWithBit(changes, bit);
        StateNode left = Build(changes[..middle], ref added, out Hash256 leftHash);
        StateNode right = Build(changes[middle..], ref added, out Hash256 rightHash);
        return Branch(bit, left, leftHash, right, rightHash, out hash);
    }

    private static StateLeaf Leaf(StateChange entry, out Hash256 hash)
    {
        StateLeaf leaf = new(entry);
        hash = leaf.ComputeHash();
        return leaf;
    }

    private static StateBranch Branch(
        int bit, StateNode left, in Hash256 leftHash, StateNode right, in Hash256 rightHash, out Hash256 hash)
    {
        StateBranch branch = new(bit, left, leftHash, right, rightHash);
        hash = branch.ComputeHash();
        return branch;
    }

    private static int FirstWithBit(ReadOnlySpan<StateChange> changes, int bit)
    {
        int low = 0;
        int high = changes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (changes[middle].Key.HasBit(bit))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
