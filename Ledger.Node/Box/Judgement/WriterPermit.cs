using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>What a reader may have of the records that one institution wrote.</summary>
public sealed record WriterPermit(Address Writer, ReadPermit Permit);
