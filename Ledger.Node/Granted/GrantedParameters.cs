using Ledger.Client.Protos;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>The parameters of a GET for granted statements: those of xAPI, as far as they apply.</summary>
internal static class GrantedParameters
{
    /// <summary>The home page of an account whose name is a learner's address.</summary>
    public const string LearnerHomePage = "urn:learning-ledger:learner";

    private const string Skip = "skip";
    private const string Superseded = "superseded";

    private static readonly string[] Names =
        [
            "agent", "verb", "activity", "since", "until", "limit", "ascending", "statementId", "format", Skip,
            Superseded,
        ];

    /// <summary>
    /// The query; an agent is a learner's address, or an account of this institution that belongs to one.
    /// </summary>
    /// <exception cref="Client.Records.RecordFormatException">A parameter is not as it must be.</exception>
    public static GrantedQuery Of(
        IReadOnlyDictionary<string, string> parameters, Func<string, Address?> learnerOf)
    {
        RequestParameters.RequireKnown(parameters, Names);
        if (parameters.GetValueOrDefault("format", "exact") != "exact")
        {
            throw RequestParameters.Refuse("format", "format", "Granted statements are given exactly as they are.");
        }

        BoxFilter filter = new()
        {
            FromUnixMs = RequestParameters.Time(parameters, "since")?.ToUnixTimeMilliseconds() ?? 0,
            UntilUnixMs = RequestParameters.Time(parameters, "until")?.ToUnixTimeMilliseconds() ?? 0,
        };
        if (parameters.ContainsKey("activity"))
        {
            filter.Activities.Add(RequestParameters.Iri(parameters, "activity"));
        }

        if (parameters.ContainsKey("statementId"))
        {
            filter.Ids.Add(RequestParameters.Uuid(parameters, "statementId"));
        }

        return new GrantedQuery(
            Learner(parameters, learnerOf),
            parameters.ContainsKey("verb") ? RequestParameters.Iri(parameters, "verb") : null,
            filter.CalculateSize() == 0 ? null : filter,
            Number(parameters, Skip, GrantedReader.RecordsMax),
            Limit(parameters),
            RequestParameters.Flag(parameters, "ascending"))
        {
            WithSuperseded = RequestParameters.Flag(parameters, Superseded),
        };
    }

    /// <summary>The path and parameters of the next page.</summary>
    public static string NextPage(string path, IReadOnlyDictionary<string, string> parameters, int skip)
    {
        IEnumerable<string> pairs = parameters.Where(static one => one.Key != Skip)
            .Select(static one => $"{one.Key}={Uri.EscapeDataString(one.Value)}")
            .Append(FormattableString.Invariant($"{Skip}={skip}"));
        return $"{path}?{string.Join('&', pairs)}";
    }

    private static Address Learner(IReadOnlyDictionary<string, string> parameters, Func<string, Address?> learnerOf)
    {
        string actor = ActorRules.Actor(RequestParameters.Agent(parameters, "agent"));
        string prefix = LearnerHomePage + "|";
        if (actor.StartsWith(prefix, StringComparison.Ordinal)
            && Address.TryParse(actor[prefix.Length..], out Address named))
        {
            return named;
        }

        return learnerOf(actor) ?? throw RequestParameters.Refuse(
            "agent",
            "known-learner",
            $"This node knows no learner of this account. Name an address: homePage {LearnerHomePage}.");
    }

    // 0 means as many as may be (xAPI 1.0.3, part 3, 2.1.3).
    private static int Limit(IReadOnlyDictionary<string, string> parameters)
    {
        int asked = Number(parameters, "limit", int.MaxValue);
        return asked == 0 ? GrantedQuery.LimitMax : Math.Min(asked, GrantedQuery.LimitMax);
    }

    private static int Number(IReadOnlyDictionary<string, string> parameters, string name, int max) =>
        parameters.ContainsKey(name) ? checked((int)RequestParameters.Number(parameters, name, max)) : 0;
}
