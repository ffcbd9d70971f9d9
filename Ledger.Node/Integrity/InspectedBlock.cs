using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>A block of the store as it was found.</summary>
/// <param name="Block">Header and leaves, or null where they are missing or damaged.</param>
/// <param name="Certificate">What decides it, beside <paramref name="Block"/>.</param>
/// <param name="Ids">The transaction ids in order, or null where a body is missing or damaged.</param>
/// <param name="Findings">What is wrong.</param>
public sealed record InspectedBlock(
    ProposalBlock? Block, Certificate? Certificate, IReadOnlyList<Hash256>? Ids, IReadOnlyList<Finding> Findings)
{
    /// <summary>How many entries the index has of its events; null where that is not known.</summary>
    public long? EventEntries { get; init; }

    /// <summary>Whether block, certificate and all bodies are there and right.</summary>
    public bool IsWhole => Block is not null && Ids is not null
        && !Findings.Any(finding => finding.Area is DamageArea.Block or DamageArea.Body);
}
