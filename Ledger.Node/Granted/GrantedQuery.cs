using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>What a tool of this institution wants of other institutions' records.</summary>
/// <param name="Learner">Whose records.</param>
/// <param name="Verb">Of which verb, by its exact IRI; null for every verb that is open.</param>
/// <param name="Filter">Which of them; null for all.</param>
/// <param name="Skip">So many are passed over: where the page before ended.</param>
/// <param name="Limit">At most so many, 1 to <see cref="LimitMax"/>.</param>
/// <param name="Ascending">The oldest event first instead of the newest.</param>
public sealed record GrantedQuery(
    Address Learner, string? Verb, BoxFilter? Filter, int Skip, int Limit, bool Ascending)
{
    /// <summary>Whether records that a later one corrects are wanted too.</summary>
    public bool WithSuperseded { get; init; }

    /// <summary>The largest page: each statement bears its receipt of some kilobytes.</summary>
    public const int LimitMax = 500;
}
