namespace Ledger.Node.Records;

/// <summary>Where a document stands: the digests of what it belongs to, and of its id.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Activity">The activity.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Registration">The registration.</param>
/// <param name="Id">The document's id.</param>
internal readonly record struct DocumentPlace(
    DocumentKind Kind, SearchKey Activity, SearchKey Agent, SearchKey Registration, SearchKey Id)
{
    /// <summary>The place of a document.</summary>
    public static DocumentPlace Of(StoreSeals seals, DocumentScope scope, string id) => new(
        scope.Kind,
        seals.KeyOf(SearchKind.DocumentActivity, scope.Activity),
        seals.KeyOf(SearchKind.DocumentAgent, scope.Agent),
        seals.KeyOf(SearchKind.DocumentRegistration, scope.Registration),
        seals.KeyOf(SearchKind.DocumentId, id));

    /// <summary>The values of the columns of a scope, in order.</summary>
    public object?[] ScopeValues() => [(long)Kind, Activity.ToArray(), Agent.ToArray(), Registration.ToArray()];

    /// <summary>The values of the key's columns, in order.</summary>
    public object?[] Values() => [.. ScopeValues(), Id.ToArray()];
}
