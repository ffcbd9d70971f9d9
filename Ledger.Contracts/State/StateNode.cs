using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>A node of the state tree; immutable.</summary>
internal abstract class StateNode(Hash256 hash, Hash256 sample)
{
    /// <summary>What the node's parent holds of it.</summary>
    public Hash256 Hash { get; } = hash;

    /// <summary>The hash of some key below: all keys below share its bits above the node's own.</summary>
    public Hash256 Sample { get; } = sample;
}
