namespace Ledger.Node.Records;

/// <summary>Which document a request is about, or all of a scope.</summary>
/// <param name="Scope">What the documents belong to.</param>
/// <param name="IdName">The name of the parameter that holds the id.</param>
/// <param name="Id">The document's id; null for all of them.</param>
/// <param name="Since">Only those written after this time; null for all.</param>
internal sealed record DocumentAddress(DocumentScope Scope, string IdName, string? Id, DateTimeOffset? Since)
{
    /// <summary>The id, where a request must name one.</summary>
    public string RequiredId => Id ?? throw RequestParameters.Refuse(
        IdName, "required", $"The parameter '{IdName}' is missing.");

    /// <summary>
    /// Reads the parameters of a kind of document; throws <see cref="Ledger.Client.Records.RecordFormatException"/>.
    /// </summary>
    public static DocumentAddress Read(
        IReadOnlyDictionary<string, string> parameters, DocumentKind kind, bool takesSince)
    {
        string idName = kind == DocumentKind.State ? "stateId" : "profileId";
        string[] known = kind switch
        {
            DocumentKind.State => ["activityId", "agent", "registration", idName],
            DocumentKind.ActivityProfile => ["activityId", idName],
            DocumentKind.AgentProfile => ["agent", idName],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        bool mayTakeSince = takesSince && !parameters.ContainsKey(idName);
        RequestParameters.RequireKnown(parameters, mayTakeSince ? [.. known, "since"] : known);
        bool hasRegistration = parameters.ContainsKey("registration");
        DocumentScope scope = new(
            kind,
            kind == DocumentKind.AgentProfile ? string.Empty : RequestParameters.Iri(parameters, "activityId"),
            kind == DocumentKind.ActivityProfile
                ? string.Empty
                : ActorRules.KeyOf(RequestParameters.Agent(parameters, "agent"))!,
            hasRegistration ? RequestParameters.Uuid(parameters, "registration") : string.Empty,
            hasRegistration);
        string? id = parameters.ContainsKey(idName) ? RequestParameters.Text(parameters, idName) : null;
        KeyLimits.Document($"?{idName}", scope.Activity, scope.Agent, id ?? string.Empty);
        return new DocumentAddress(scope, idName, id, RequestParameters.Time(parameters, "since"));
    }
}
