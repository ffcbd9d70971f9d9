using Ledger.Contracts.Protos;

namespace Ledger.Node.Anchoring;

/// <summary>The operations that bring some records of one LLPC onto the ledger, and the records.</summary>
/// <param name="Operations">LLPC and index entries where they are missing, and the insertion.</param>
/// <param name="Sequences">The records, in the order of the insertion.</param>
public sealed record AnchorGroup(IReadOnlyList<Operation> Operations, IReadOnlyList<long> Sequences);
