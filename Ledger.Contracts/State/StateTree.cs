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
    private readonly StateNode? top;

    private StateTree(StateNode? top, int count)
    {
        this.top = top;
        Count = count;
        Root = top is null ? StateHashes.EmptyRoot : StateHashes.Root(top.Hash);
    }

    /// <summary>The tree without keys.</summary>
    public static StateTree Empty { get; } = new(null, 0);

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
        return WithSorted(sorted);
    }

    /// <inheritdoc/>
    public T? Peek<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T> => this.Find(key, parser);

    /// <inheritdoc/>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        Hash256 keyHash = key.Hash;
        StateLeaf? leaf = Descend(keyHash);
        bool found = leaf is not null && leaf.Sample == keyHash;
        value = found ? leaf!.Entry.Value : default;
        return found;
    }

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
        for (StateNode? next = top; next is not null;)
        {
            (_, StateNode? after, next) = SplitAt(next, from);
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
        for (StateNode? next = top; next is not null;)
        {
            (StateNode? before, _, next) = SplitAt(next, bound);
            nearest = before ?? nearest;
        }

        while (nearest is StateBranch branch)
        {
            nearest = branch.Right;
        }

        return ((StateLeaf?)nearest)?.Entry;
    }

    /// <summary>As <see cref="With"/>, for changes that already ascend by key hash.</summary>
    internal StateTree WithSorted(ReadOnlySpan<StateChange> sorted)
    {
        if (sorted.IsEmpty)
        {
            return this;
        }

        int added = 0;
        StateNode next = top is null ? Build(sorted, ref added) : Merge(top, sorted, ref added);
        return new StateTree(next, Count + added);
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
                Sibling = ByteString.CopyFrom((right ? branch.Left : branch.Right).Hash.ToArray()),
            });
            node = right ? branch.Right : branch.Left;
        }

        return (StateLeaf?)node;
    }

    // What of a node lies wholly before a bound, what wholly at or after it, and what the bound goes through.
    private static (StateNode? Before, StateNode? After, StateNode? Through) SplitAt(StateNode node, in Hash256 bound)
    {
        int differing = node.Sample.FirstDifferentBit(bound);
        if (node is StateBranch branch && differing >= branch.Bit)
        {
            return bound.Bit(branch.Bit) ? (branch.Left, null, branch.Right) : (null, branch.Right, branch.Left);
        }

        bool isBefore = differing < Hash256.Size * 8 && bound.Bit(differing);
        return isBefore ? (node, null, null) : (null, node, null);
    }

    private static StateNode Merge(StateNode node, ReadOnlySpan<StateChange> changes, ref int added)
    {
        if (changes.IsEmpty)
        {
            return node;
        }

        // The changes ascend, so what the first and the last share with the node's keys, all between them share too.
        int differing = Math.Min(
            node.Sample.FirstDifferentBit(changes[0].Key.Hash),
            node.Sample.FirstDifferentBit(changes[^1].Key.Hash));
        if (node is StateBranch branch && differing >= branch.Bit)
        {
            int middle = FirstWithBit(changes, branch.Bit);
            return new StateBranch(
                branch.Bit,
                Merge(branch.Left, changes[..middle], ref added),
                Merge(branch.Right, changes[middle..], ref added));
        }

        if (differing == Hash256.Size * 8)
        {
            Invariant.That(changes.Length == 1);
            return new StateLeaf(changes[0]);
        }

        int split = FirstWithBit(changes, differing);
        ReadOnlySpan<StateChange> left = changes[..split];
        ReadOnlySpan<StateChange> right = changes[split..];
        return node.Sample.Bit(differing)
            ? new StateBranch(differing, Build(left, ref added), Merge(node, right, ref added))
            : new StateBranch(differing, Merge(node, left, ref added), Build(right, ref added));
    }

    private static StateNode Build(ReadOnlySpan<StateChange> changes, ref int added)
    {
        if (changes.Length == 1)
        {
            added++;
            return new StateLeaf(changes[0]);
        }

        int bit = changes[0].Key.Hash.FirstDifferentBit(changes[^1].Key.Hash);
        Invariant.That(bit < Hash256.Size * 8);
        int middle = FirstWithBit(changes, bit);
        return new StateBranch(bit, Build(changes[..middle], ref added), Build(changes[middle..], ref added));
    }

    private static int FirstWithBit(ReadOnlySpan<StateChange> changes, int bit)
    {
        int low = 0;
        int high = changes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (changes[middle].Key.Hash.Bit(bit))
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
