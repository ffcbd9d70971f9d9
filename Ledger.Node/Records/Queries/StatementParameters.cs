using System.Globalization;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Records;

/// <summary>
/// Reads the parameters of statement requests; throws <see cref="RecordFormatException"/> with the parameter's name.
/// </summary>
internal static class StatementParameters
{
    private static readonly string[] QueryNames =
    [
        "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit",
        "format", "attachments", "ascending", "after",
    ];

    private static readonly string[] Formats = ["exact", "ids", "canonical"];

    /// <summary>
    /// The id of one statement that is asked for, and whether among the voided ones; null for a query.
    /// </summary>
    public static (string Id, bool IsVoided)? One(IReadOnlyDictionary<string, string> parameters)
    {
        bool isVoided = parameters.ContainsKey("voidedStatementId");
        string name = isVoided ? "voidedStatementId" : "statementId";
        if (!parameters.ContainsKey(name))
        {
            return null;
        }

        RequestParameters.RequireKnown(parameters, name, "format", "attachments");
        return (RequestParameters.Uuid(parameters, name), isVoided);
    }

    /// <summary>The parameter statementId alone, which must be there.</summary>
    public static Guid StatementId(IReadOnlyDictionary<string, string> parameters)
    {
        RequestParameters.RequireKnown(parameters, "statementId");
        return Guid.ParseExact(RequestParameters.Uuid(parameters, "statementId"), "D");
    }

    /// <summary>The query for statements that the parameters describe, of whom it may be asked.</summary>
    public static StatementQuery Query(
        IReadOnlyDictionary<string, string> parameters, string authorityHomePage, string? authority)
    {
        RequestParameters.RequireKnown(parameters, QueryNames);
        List<IReadOnlyList<SearchTerm>> filters = [];
        if (parameters.ContainsKey("agent"))
        {
            filters.Add(Agent(parameters, authorityHomePage));
        }

        if (parameters.ContainsKey("registration"))
        {
            filters.Add([new SearchTerm(SearchKind.Registration, RequestParameters.Uuid(parameters, "registration"))]);
        }

        if (parameters.ContainsKey("activity"))
        {
            bool isRelated = RequestParameters.Flag(parameters, "related_activities");
            string activity = RequestParameters.Iri(parameters, "activity");
            SearchTerm direct = new SearchTerm(SearchKind.Activity, activity);
            filters.Add(isRelated ? [direct, new SearchTerm(SearchKind.RelatedActivity, activity)] : [direct]);
        }

        if (parameters.ContainsKey("verb"))
        {
            filters.Add([new SearchTerm(SearchKind.Verb, RequestParameters.Iri(parameters, "verb"))]);
        }

        // Without what they widen they change nothing, and are flags all the same.
        RequestParameters.Flag(parameters, "related_agents");
        RequestParameters.Flag(parameters, "related_activities");
        return new StatementQuery(
            filters,
            RequestParameters.Time(parameters, "since"),
            RequestParameters.Time(parameters, "until"),
            parameters.ContainsKey("after") ? RequestParameters.Number(parameters, "after", long.MaxValue) : null,
            RequestParameters.Flag(parameters, "ascending"),
            Limit(parameters),
            authority);
    }

    /// <summary>Which of the formats is asked for: exact, ids or canonical.</summary>
    public static string Format(IReadOnlyDictionary<string, string> parameters)
    {
        string format = parameters.GetValueOrDefault("format", "exact");
        return Formats.Contains(format, StringComparer.Ordinal)
            ? format
            : throw RequestParameters.Refuse("format", "format", $"'{format}' is none of exact, ids and canonical.");
    }

    /// <summary>The address of the page that follows the record of that number.</summary>
    public static string NextPage(string path, IReadOnlyDictionary<string, string> parameters, long after)
    {
        IEnumerable<KeyValuePair<string, string?>> next = parameters
            .Where(parameter => parameter.Key != "after")
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value))
            .Append(KeyValuePair.Create("after", (string?)after.ToString(CultureInfo.InvariantCulture)));
        return path + QueryString.Create(next);
    }

    // The store is the authority of what it takes in, and keeps only the credential's name.
    private static IReadOnlyList<SearchTerm> Agent(
        IReadOnlyDictionary<string, string> parameters, string authorityHomePage)
    {
        JsonCursor agent = RequestParameters.Agent(parameters, "agent");
        string key = ActorRules.KeyOf(agent)!;
        SearchTerm direct = new SearchTerm(SearchKind.Agent, key);
        if (!RequestParameters.Flag(parameters, "related_agents"))
        {
            return [direct];
        }

        SearchTerm related = new SearchTerm(SearchKind.RelatedAgent, key);
        string ours = ActorKey.OfAccount(authorityHomePage, string.Empty);
        return key.StartsWith(ours, StringComparison.Ordinal)
            ? [direct, related, new SearchTerm(SearchKind.Authority, key[ours.Length..])]
            : [direct, related];
    }

    /// <summary>The limit 0 asks for as many as the store gives at once.</summary>
    private static int Limit(IReadOnlyDictionary<string, string> parameters)
    {
        long limit = parameters.ContainsKey("limit")
            ? RequestParameters.Number(parameters, "limit", int.MaxValue)
            : 0;
        return limit == 0 ? StatementQuery.LimitMax : (int)Math.Min(limit, StatementQuery.LimitMax);
    }
}
