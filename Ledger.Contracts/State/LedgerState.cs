using System.Collections.Immutable;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// The state after a block: the tree, and the queue of what ends by itself, which each node derives from the tree.
/// Immutable.
/// </summary>
public sealed class LedgerState : IStateView
{
    internal LedgerState(StateTree tree, ImmutableSortedSet<ExpiryEntry> expiry)
    {
        Tree = tree;
        Expiry = expiry;
    }

    /// <summary>The state without keys.</summary>
    public static LedgerState Empty { get; } = new(StateTree.Empty, []);

    /// <summary>The keys and values, with the root.</summary>
    public StateTree Tree { get; }

    /// <summary>What ends by itself and is not closed yet.</summary>
    public ImmutableSortedSet<ExpiryEntry> Expiry { get; }

    /// <summary>The tree's root.</summary>
    public Hash256 Root => Tree.Root;

    /// <summary>
    /// Rebuilds the state from what <see cref="StateTree.Entries"/> gave or a store kept, in any order, each key once.
    /// Whether they are this ledger's is told by the root alone.
    /// </summary>
    public static LedgerState FromEntries(
        IEnumerable<(ReadOnlyMemory<byte> RawKey, ReadOnlyMemory<byte> Value)> entries)
    {
        List<StateChange> changes = [];
        ImmutableSortedSet<ExpiryEntry>.Builder expiry = ImmutableSortedSet.CreateBuilder<ExpiryEntry>();
        foreach ((ReadOnlyMemory<byte> rawKey, ReadOnlyMemory<byte> value) in entries)
        {
            StateKey key = new(rawKey);
            changes.Add(new StateChange(key, value));
            if (ExpiringKinds.EndOf(key.Kind, value) is long end)
            {
                expiry.Add(new ExpiryEntry(end, key));
            }
        }

        return new LedgerState(StateTree.Empty.With(changes), expiry.ToImmutable());
    }

    /// <inheritdoc/>
    public T? Peek<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T> => this.Find(key, parser);

    /// <inheritdoc/>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value) => Tree.TryGet(key, out value);
}
