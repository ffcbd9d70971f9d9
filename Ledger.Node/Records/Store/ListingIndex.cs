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

    /// <summary>The key of a list that is narrowed to an actor, a verb, or both; null for neither.</summary>
    public static SearchKey? KeyOf(string? actorKey, string? verbIri) => (actorKey, verbIri) switch
    {
        (null, null) => null,
        (not null, null) => SearchKey.Of(SearchKind.ListedActor, actorKey),
        (null, not null) => SearchKey.Of(SearchKind.ListedVerb, verbIri),
        (not null, not null) => SearchKey.Of(SearchKind.ListedActorAndVerb, actorKey + Between + verbIri),
    };

    /// <summary>Enters records by number, actor and verb.</summary>
    public void Enter(DbTransaction transaction, IEnumerable<(long Sequence, string ActorKey, string VerbIri)> records)
    {
        List<object?> rows = [];
        foreach ((long sequence, string actorKey, string verbIri) in records)
        {
            foreach (SearchKey? key in (SearchKey?[])
                [KeyOf(actorKey, null), KeyOf(null, verbIri), KeyOf(actorKey, verbIri)])
            {
                rows.AddRange([key!.Value.ToArray(), sequence, sequence]);
            }
        }

        keys.Insert(transaction, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
    }

    public void Dispose() => keys.Dispose();
}
