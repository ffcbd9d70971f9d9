namespace Ledger.Node.Records;

/// <summary>
/// Which statements to give. A statement is given when it, or one that it refers to, keeps every filter; a voided one
/// never is.
/// </summary>
/// <param name="Filters">Each is kept by any of its terms; the one that narrows most stands first.</param>
/// <param name="Since">Stored after this time; null for no bound.</param>
/// <param name="Until">Stored at this time or before; null for no bound.</param>
/// <param name="After">Beyond this sequence number in the direction of the answer: where the page before ended.</param>
/// <param name="Ascending">Oldest first instead of newest first.</param>
/// <param name="Limit">At most so many, 1 to <see cref="LimitMax"/>.</param>
/// <param name="Authority">Only what this credential brought; null for all.</param>
public sealed record StatementQuery(
    IReadOnlyList<IReadOnlyList<SearchTerm>> Filters,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    long? After,
    bool Ascending,
    int Limit,
    string? Authority)
{
    /// <summary>The largest page: with records of the largest size it still fits in memory many times over.</summary>
    public const int LimitMax = 500;

    /// <summary>Everything, newest first.</summary>
    public static StatementQuery All { get; } = new([], null, null, null, Ascending: false, LimitMax, null);

    /// <summary>The same with another filter that one term keeps.</summary>
    public StatementQuery With(SearchKind kind, string text) =>
        this with { Filters = [.. Filters, [new SearchTerm(kind, text)]] };
}
