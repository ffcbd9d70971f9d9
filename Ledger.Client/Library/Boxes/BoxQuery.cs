using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Boxes;

/// <summary>What a reader wants of a box.</summary>
/// <param name="Box">The institution that is asked.</param>
/// <param name="Learner">Whose records.</param>
/// <param name="Verb">Of which verb, by its exact IRI.</param>
public sealed record BoxQuery(Address Box, Address Learner, string Verb)
{
    /// <summary>At most this many records of each writer; 0 leaves it to the box.</summary>
    public uint Limit { get; init; }

    /// <summary>From this sequence number on.</summary>
    public ulong FromIndex { get; init; }

    /// <summary>What for: a label, which the box compares with the grant's limits and its policy.</summary>
    public string Purpose { get; init; } = string.Empty;

    /// <summary>The limits of the reader's grant and of those above it, where they have any.</summary>
    public IReadOnlyList<LimitsOpening> Openings { get; init; } = [];
}
