using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Boxes;

/// <summary>What a reader wants of a box.</summary>
public sealed record BoxQuery
{
    /// <summary>Asks an institution's box for a learner's records of a verb, by its exact IRI.</summary>
    public BoxQuery(Address box, Address learner, string verb)
        : this(box, learner, [verb])
    {
    }

    /// <summary>The same for several verbs, in any order; all of them must be open to the reader.</summary>
    public BoxQuery(Address box, Address learner, IEnumerable<string> verbs)
    {
        Box = box;
        Learner = learner;
        Verbs = [.. verbs.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The institution that is asked.</summary>
    public Address Box { get; }

    /// <summary>Whose records.</summary>
    public Address Learner { get; }

    /// <summary>Of which verbs, exact IRIs in ascending order.</summary>
    public IReadOnlyList<string> Verbs { get; init; }

    /// <summary>At most this many records of each verb and writer; 0 leaves it to the box.</summary>
    public uint Limit { get; init; }

    /// <summary>From this sequence number on.</summary>
    public ulong FromIndex { get; init; }

    /// <summary>What for: a label, which the box compares with the grant's limits and its policy.</summary>
    public string Purpose { get; init; } = string.Empty;

    /// <summary>The limits of the reader's grant and of those above it, where they have any.</summary>
    public IReadOnlyList<LimitsOpening> Openings { get; init; } = [];

    /// <summary>Which of the records are wanted; null for all.</summary>
    public BoxFilter? Filter { get; init; }

    /// <summary>
    /// Whether records that a later one of the same writer corrects are wanted too. Otherwise the box leaves them out,
    /// and proves that they are corrected.
    /// </summary>
    public bool WithSuperseded { get; init; }

    /// <summary>Whether features over the records are wanted in the place of records.</summary>
    public bool IsForFeatures { get; init; }

    /// <summary>
    /// The height that the reader's own node had when it asked: an answer from before it is an old state. 0 where the
    /// reader knows none.
    /// </summary>
    public ulong HeightMin { get; init; }
}
