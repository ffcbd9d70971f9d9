using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>An entry that a block appended to a learner's trail.</summary>
public sealed record AppendedTrailEntry(Address Learner, TrailLeaf Leaf) : AppendedLeaf
{
    /// <inheritdoc/>
    public override RangeName Range => RangeName.OfTrail(Learner);

    /// <inheritdoc/>
    public override IRangeLeaf Content => Leaf;
}
