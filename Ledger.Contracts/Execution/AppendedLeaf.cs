using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>A leaf that a block appended to a mountain range, for the node's store.</summary>
public abstract record AppendedLeaf
{
    /// <summary>The range.</summary>
    public abstract RangeName Range { get; }

    /// <summary>The leaf as it is stored.</summary>
    public abstract IRangeLeaf Content { get; }
}
