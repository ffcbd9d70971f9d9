using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Node.Box;

/// <summary>One writer's range as the ledger has it, and what of it may and should be released.</summary>
/// <param name="Writer">Who wrote it, and what the reader may have of it.</param>
/// <param name="Range">The range's value at the head.</param>
/// <param name="RangeProof">That the state holds it, or that it holds none.</param>
/// <param name="Leaves">All of its leaves, in order.</param>
/// <param name="Filter">What the reader wants; null for all.</param>
/// <param name="Corrections">What later records correct; none where the reader wants earlier words too.</param>
public sealed record RangeQuestion(
    WriterPermit Writer,
    RecordRange Range,
    StateProof RangeProof,
    IReadOnlyList<IRangeLeaf> Leaves,
    BoxFilter? Filter,
    RangeCorrections Corrections);
