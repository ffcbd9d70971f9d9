using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>A record that a block appended, for the node's store and index.</summary>
public sealed record AppendedRecord(RecordsName Name, RecordLeaf Leaf) : AppendedLeaf
{
    /// <summary>The LLPC.</summary>
    public LlpcName Llpc => Name.Llpc;

    /// <summary>Who wrote it.</summary>
    public Address Writer => Name.Writer;

    /// <summary>The key of the node-local index.</summary>
    public RecordIndexKey IndexKey => RecordIndexKey.Of(Writer, Leaf.Locator);

    /// <summary>The value of the node-local index.</summary>
    public AnchoredRecord Anchored =>
        new(Llpc.Learner, Llpc.VerbHash, Leaf.Height, Leaf.Index, new Hash256(Leaf.Commitment.Span));

    /// <inheritdoc/>
    public override RangeName Range => RangeName.OfRecords(Llpc, Writer);

    /// <inheritdoc/>
    public override IRangeLeaf Content => Leaf;
}
