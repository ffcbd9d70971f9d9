using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Copies;

/// <summary>What happened to copies, as the journal has it.</summary>
/// <param name="TimeUnixMs">When, in ms since 1970-01-01 UTC.</param>
/// <param name="What">kept, ended, retention or dropped.</param>
/// <param name="Llpc">Of which contract.</param>
/// <param name="Writer">Who wrote the records.</param>
/// <param name="Records">How many.</param>
public sealed record CopyJournalEntry(long TimeUnixMs, string What, LlpcName Llpc, Address Writer, long Records);
