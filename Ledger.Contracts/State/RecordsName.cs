using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// What names the records of an LLPC by a writer. A class, because all records that a block appends there share it.
/// </summary>
public sealed record RecordsName(LlpcName Llpc, Address Writer);
