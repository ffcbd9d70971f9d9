using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// Enters records of either kind by what lists are narrowed to. It stands in the index of keys, whose texts take 16
/// bytes each whatever their length. Used inside the writer's transactions.
/// </summary>
internal sealed class ListingIndex(DbConnection connection) : IDisposable
{
    // A character that no account and no IRI holds.
    private const char Between = '\n';

    private readonly RowInserter keys =
        new(connection, "search_keys", ["key", "holder", "origin"], "ON CONFLICT DO NOTHING");

    /// <summary>What a list is narrowed by to an actor, a verb, or both; null for neither.</summary>
    public static SearchTerm? TermOf(string? actorKey, string? verbIri) => (actorKey, verbIri) switch
    {
        (null, null) => null,
        (not null, null) => new SearchTerm(SearchKind.ListedActor, actorKey),
        (null, not null) => new SearchTerm(SearchKind.ListedVerb, verbIri),
        (not null, not null) => Together(actorKey, verbIri),
    };

    /// <summary>What a list is narrowed by to an actor and a verb.</summary>
    public static SearchTerm Together(string actorKey, string verbIri) =>
        new(SearchKind.ListedActorAndVerb, actorKey + Between + verbIri);

    /// <summary>Enters records by their numbers.</summary>
    public void Enter(DbTransaction transaction, IEnumerable<(long Sequence, RecordKeys Keys)> records)
    {
        List<object?> rows = [];
        foreach ((long sequence, RecordKeys found) in records)
        {
            foreach (SearchKey key in (ReadOnlySpan<SearchKey>)[found.Actor, found.Verb, found.ActorAndVerb])
            {
                rows.AddRange([key.ToArray(), sequence, sequence]);
            }
        }

        keys.Insert(transaction, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
    }

    public void Dispose() => keys.Dispose();
}
