using Ledger.Contracts.Execution;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>Which events are asked for: all that are given must fit. Who is no member names itself.</summary>
/// <param name="Learner">Events that concern this learner.</param>
/// <param name="Institution">Events in which this institution acted, or that were done to or for it.</param>
/// <param name="Kinds">Only these kinds; empty for all.</param>
public sealed record EventQuestion(Address? Learner, Address? Institution, IReadOnlyList<ContractEventKind> Kinds)
{
    /// <summary>Only LLPCs of this verb, by its exact IRI; null for all.</summary>
    public string? Verb { get; init; }

    /// <summary>Everything.</summary>
    public static EventQuestion All { get; } = new(null, null, []);
}
