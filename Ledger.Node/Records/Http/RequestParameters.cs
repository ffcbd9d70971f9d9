using System.Globalization;
using System.Text;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Reads the parameters of a request; throws <see cref="RecordFormatException"/> with the parameter's name as its path.
/// </summary>
internal static class RequestParameters
{
    /// <summary>Refuses parameters that are not among those of a resource.</summary>
    public static void RequireKnown(
        IReadOnlyDictionary<string, string> parameters, params ReadOnlySpan<string> known)
    {
        foreach (string name in parameters.Keys)
        {
            if (!known.Contains(name))
            {
                throw Refuse(name, "unknown-parameter", $"The parameter '{name}' is not one of this request.");
            }
        }
    }

    /// <summary>A parameter that must be there.</summary>
    public static string Required(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out string? value)
            ? value
            : throw Refuse(name, "required", $"The parameter '{name}' is missing.");

    /// <summary>A text that is not empty and holds no control character.</summary>
    public static string Text(IReadOnlyDictionary<string, string> parameters, string name)
    {
        string text = Required(parameters, name);
        return text.Length == 0 || text.Any(char.IsControl)
            ? throw Refuse(name, "text", $"The parameter '{name}' is empty or holds control characters.")
            : text;
    }

    /// <summary>An absolute IRI.</summary>
    public static string Iri(IReadOnlyDictionary<string, string> parameters, string name)
    {
        string text = Required(parameters, name);
        return FieldRules.IsIri(text) ? text : throw Refuse(name, "iri", $"'{text}' is not an absolute IRI.");
    }

    /// <summary>A UUID, given in lower case.</summary>
    public static string Uuid(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out string? text) && Guid.TryParseExact(text, "D", out Guid id)
            ? id.ToString("D", CultureInfo.InvariantCulture)
            : throw Refuse(name, "uuid", $"The parameter '{name}' is missing or not a UUID.");

    /// <summary>A date and time, or null when it is not there.</summary>
    public static DateTimeOffset? Time(IReadOnlyDictionary<string, string> parameters, string name)
    {
        if (!parameters.TryGetValue(name, out string? text))
        {
            return null;
        }

        return FieldRules.TryReadTime(text, out DateTimeOffset time)
            ? time
            : throw Refuse(name, "timestamp", $"'{text}' is not an ISO 8601 date and time.");
    }

    /// <summary>True or false; false when it is not there.</summary>
    public static bool Flag(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name) switch
        {
            null or "false" => false,
            "true" => true,
            string other => throw Refuse(name, "type", $"'{other}' is neither true nor false."),
        };

    /// <summary>A whole number that is not negative.</summary>
    public static long Number(IReadOnlyDictionary<string, string> parameters, string name, long max)
    {
        string text = Required(parameters, name);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= max
            ? number
            : throw Refuse(name, "number", $"'{text}' is not a whole number of at most {max}.");
    }

    /// <summary>An agent, or a group that is identified, as JSON.</summary>
    public static JsonCursor Agent(IReadOnlyDictionary<string, string> parameters, string name)
    {
        try
        {
            JsonCursor agent = JsonTree.Parse(Encoding.UTF8.GetBytes(Required(parameters, name))).Root;
            FieldRules.NoNulls(agent);
            return ActorRules.Actor(agent) == ActorKey.Anonymous
                ? throw FieldRules.Refuse(string.Empty, "one-identifier", "A group without an identifier names nobody.")
                : agent;
        }
        catch (RecordFormatException refusal) when (!refusal.Path.StartsWith('?'))
        {
            throw Refuse(name + refusal.Path, refusal.Rule, refusal.Message);
        }
    }

    /// <summary>A refusal of a parameter.</summary>
    public static RecordFormatException Refuse(string name, string rule, string message) =>
        FieldRules.Refuse($"?{name}", rule, message);
}
