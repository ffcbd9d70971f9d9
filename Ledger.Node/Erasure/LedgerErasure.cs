using Ledger.Contracts.State;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>A record in whose place a block put a tombstone.</summary>
/// <param name="Writer">Who wrote and erased it.</param>
/// <param name="Llpc">Whose record it was, and of which verb.</param>
/// <param name="Index">Its place in the writer's range.</param>
/// <param name="Locator">What led to it.</param>
/// <param name="Height">The block.</param>
public sealed record LedgerErasure(Address Writer, LlpcName Llpc, ulong Index, RecordLocator Locator, ulong Height);
