using Ledger.Contracts.Execution;

namespace Ledger.Client.Nodes;

/// <summary>An event as a node told it.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="TimeUnixMs">The time of its block.</param>
/// <param name="Event">What happened.</param>
public sealed record ToldEvent(EventPosition Position, long TimeUnixMs, ContractEvent Event);
