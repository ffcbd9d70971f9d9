using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>A key with its value.</summary>
internal sealed class StateLeaf(StateChange entry)
    : StateNode(StateHashes.Leaf(entry.Key.Hash, StateHashes.Value(entry.Value.Span)), entry.Key.Hash)
{
    /// <summary>The key and the value.</summary>
    public StateChange Entry { get; } = entry;
}
