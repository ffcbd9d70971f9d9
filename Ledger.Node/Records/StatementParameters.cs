using System.Globalization;
using System.Text;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Records;

/// <summary>
/// Reads the parameters of statement requests; throws <see cref="RecordFormatException"/> with the parameter's name.
/// </summary>
internal static class StatementParameters
{
    private static readonly string[] QueryNames = ["agent", "verb", "since", "until", "limit", "ascending", "after"];

    /// <summary>Refuses parameters that are unknown or occur twice.</summary>
    public static void RequireKnown(IQueryCollection parameters, params ReadOnlySpan<string> known)
    {
        foreach (string name in parameters.Keys)
        {
            if (!known.Contains(name))
            {
                throw FieldRules.Refuse(
                    $"?{name}", "unknown-parameter", $"The parameter '{name}' is not supported here.");
            }

            if (parameters[name].Count != 1)
            {
                throw FieldRules.Refuse($"?{name}", "one-value", $"The parameter '{name}' has one value.");
            }
        }
    }

    /// <summary>The parameter statementId, which must be there.</summary>
    public static Guid StatementId(IQueryCollection parameters)
    {
        RequireKnown(parameters, "statementId");
        string text = parameters["statementId"].ToString();
        return Guid.TryParseExact(text, "D", out Guid id)
            ? id
            : throw FieldRules.Refuse("?statementId", "uuid", "The parameter 'statementId' is missing or not a UUID.");
    }

    /// <summary>The query for statements that the parameters describe.</summary>
    public static RecordQuery Query(IQueryCollection parameters)
    {
        RequireKnown(parameters, QueryNames);
        return new RecordQuery(
            RecordType.XapiStatement,
            parameters.ContainsKey("agent") ? Agent(parameters["agent"].ToString()) : null,
            parameters.ContainsKey("verb") ? Verb(parameters["verb"].ToString()) : null,
            Time(parameters, "since"),
            Time(parameters, "until"),
            parameters.ContainsKey("after") ? Number(parameters, "after", long.MaxValue) : null,
            Ascending(parameters),
            Limit(parameters));
    }

    /// <summary>The address of the page that follows.</summary>
    public static string NextPage(HttpRequest request, long after)
    {
        IEnumerable<KeyValuePair<string, string?>> parameters = request.Query
            .Where(parameter => parameter.Key != "after")
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value.ToString()))
            .Append(KeyValuePair.Create("after", (string?)after.ToString(CultureInfo.InvariantCulture)));
        return request.PathBase + request.Path + QueryString.Create(parameters);
    }

    private static string Agent(string text)
    {
        try
        {
            return ActorRules.Actor(JsonTree.Parse(Encoding.UTF8.GetBytes(text)).Root);
        }
        catch (RecordFormatException refusal)
        {
            throw FieldRules.Refuse($"?agent{refusal.Path}", refusal.Rule, refusal.Message);
        }
    }

    private static string Verb(string text) => FieldRules.IsIri(text)
        ? text
        : throw FieldRules.Refuse("?verb", "iri", $"'{text}' is not an absolute IRI.");

    private static DateTimeOffset? Time(IQueryCollection parameters, string name)
    {
        if (!parameters.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues text))
        {
            return null;
        }

        return FieldRules.TryReadTime(text.ToString(), out DateTimeOffset time)
            ? time
            : throw FieldRules.Refuse($"?{name}", "timestamp", $"'{text}' is not an ISO 8601 date and time.");
    }

    private static bool Ascending(IQueryCollection parameters) => parameters["ascending"].ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        string other => throw FieldRules.Refuse("?ascending", "type", $"'{other}' is neither true nor false."),
    };

    /// <summary>The limit 0 asks for as many as the store gives at once.</summary>
    private static int Limit(IQueryCollection parameters)
    {
        long limit = parameters.ContainsKey("limit") ? Number(parameters, "limit", int.MaxValue) : 0;
        return limit == 0 ? RecordQuery.LimitMax : (int)Math.Min(limit, RecordQuery.LimitMax);
    }

    private static long Number(IQueryCollection parameters, string name, long max)
    {
        string text = parameters[name].ToString();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= max
            ? number
            : throw FieldRules.Refuse($"?{name}", "number", $"'{text}' is not a whole number of at most {max}.");
    }
}
