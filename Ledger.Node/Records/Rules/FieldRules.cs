using System.Globalization;
using System.Text.RegularExpressions;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// The rules that single fields of a record keep. Each throws <see cref="RecordFormatException"/> with its name.
/// </summary>
internal static partial class FieldRules
{
    /// <summary>No time has more digits of a second than .NET's clock can tell apart.</summary>
    private const int FractionDigits = 7;

    /// <summary>Refuses a field.</summary>
    public static RecordFormatException Refuse(string path, string rule, string message) => new(path, rule, message);

    /// <summary>The member of that name, which must be there.</summary>
    public static JsonCursor Required(JsonCursor parent, string name)
    {
        return TryGet(parent, name, out JsonCursor member)
            ? member
            : throw Refuse($"{parent.Path}/{name}", "required", $"'{name}' is missing.");
    }

    /// <summary>The member of that name, if it is there.</summary>
    public static bool TryGet(JsonCursor parent, string name, out JsonCursor member) =>
        parent.TryGet(System.Text.Encoding.UTF8.GetBytes(name), out member);

    /// <summary>Checks the member of that name, if it is there.</summary>
    public static void IfPresent(JsonCursor parent, string name, Action<JsonCursor> check)
    {
        if (TryGet(parent, name, out JsonCursor member))
        {
            check(member);
        }
    }

    /// <summary>The value must be of a kind.</summary>
    public static void Kind(JsonCursor value, JsonKind kind)
    {
        if (value.Kind != kind)
        {
            throw Refuse(value.Path, "type", $"A JSON {Word(kind)} is expected, not {Word(value.Kind)}.");
        }
    }

    /// <summary>The value must be true or false.</summary>
    public static void Flag(JsonCursor value)
    {
        if (value.Kind is not (JsonKind.True or JsonKind.False))
        {
            throw Refuse(value.Path, "type", "true or false is expected.");
        }
    }

    /// <summary>The value must be an object with no other members than these.</summary>
    public static void Members(JsonCursor value, params ReadOnlySpan<string> known)
    {
        Kind(value, JsonKind.Object);
        foreach (JsonCursor member in value)
        {
            if (!known.Contains(member.Name))
            {
                throw Refuse(member.Path, "unknown-property", $"'{member.Name}' is not a property here.");
            }
        }
    }

    /// <summary>The value must be a string that is not empty; returns it.</summary>
    public static string Text(JsonCursor value)
    {
        Kind(value, JsonKind.String);
        return value.TextBytes.IsEmpty ? throw Refuse(value.Path, "not-empty", "The text is empty.") : value.Text;
    }

    /// <summary>
    /// The value must be a string that is not empty and holds no control character: what is found by it is kept in
    /// databases that know none. Returns it.
    /// </summary>
    public static string Plain(JsonCursor value)
    {
        string text = Text(value);
        return text.Any(char.IsControl)
            ? throw Refuse(value.Path, "control-character", "The text holds a control character.")
            : text;
    }

    /// <summary>The value must be an absolute IRI; returns it.</summary>
    public static string Iri(JsonCursor value)
    {
        string text = Text(value);
        return IsIri(text) ? text : throw Refuse(value.Path, "iri", $"'{text}' is not an absolute IRI.");
    }

    /// <summary>Whether a text is an absolute IRI: a scheme, a colon, and no character that IRIs exclude.</summary>
    public static bool IsIri(string text) => IriPattern().IsMatch(text);

    /// <summary>The value must be a UUID; returns it in lower case.</summary>
    public static string Uuid(JsonCursor value)
    {
        string text = Text(value);
        return UuidPattern().IsMatch(text)
            ? text.ToLowerInvariant()
            : throw Refuse(value.Path, "uuid", $"'{text}' is not a UUID.");
    }

    /// <summary>The value must be an ISO 8601 date and time; returns the moment.</summary>
    public static DateTimeOffset Time(JsonCursor value)
    {
        string text = Text(value);
        return TryReadTime(text, out DateTimeOffset time)
            ? time
            : throw Refuse(value.Path, "timestamp", $"'{text}' is not an ISO 8601 date and time.");
    }

    /// <summary>Reads an ISO 8601 date and time; without an offset it is UTC. The offset -00:00 is none.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        Match match = TimePattern().Match(text);
        if (!match.Success || match.Groups["offset"].Value is "-00:00" or "-0000" or "-00")
        {
            return false;
        }

        string fraction = match.Groups["fraction"].Value;
        string digits = fraction.Length == 0 ? "0" : fraction[..Math.Min(fraction.Length, FractionDigits)];
        string second = match.Groups["second"].Success ? match.Groups["second"].Value : "00";
        return DateTimeOffset.TryParseExact(
            $"{match.Groups["minute"].Value}:{second}.{digits.PadRight(FractionDigits, '0')}{Offset(match)}",
            "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out time);
    }

    /// <summary>The value must be an ISO 8601 duration.</summary>
    public static void Duration(JsonCursor value)
    {
        string text = Text(value);
        if (!DurationPattern().IsMatch(text) || text.EndsWith('T') || text == "P")
        {
            throw Refuse(value.Path, "duration", $"'{text}' is not an ISO 8601 duration.");
        }
    }

    /// <summary>The value must be a map from language tags to texts.</summary>
    public static void LanguageMap(JsonCursor value)
    {
        Kind(value, JsonKind.Object);
        foreach (JsonCursor member in value)
        {
            Kind(member, JsonKind.String);
            if (!LanguagePattern().IsMatch(member.Name))
            {
                throw Refuse(member.Path, "language-tag", $"'{member.Name}' is not a language tag.");
            }
        }
    }

    /// <summary>The value must be a language tag.</summary>
    public static void Language(JsonCursor value)
    {
        if (!LanguagePattern().IsMatch(Text(value)))
        {
            throw Refuse(value.Path, "language-tag", $"'{value.Text}' is not a language tag.");
        }
    }

    /// <summary>The value must be an object whose names are absolute IRIs.</summary>
    public static void Extensions(JsonCursor value)
    {
        Kind(value, JsonKind.Object);
        foreach (JsonCursor member in value)
        {
            if (!IsIri(member.Name))
            {
                throw Refuse(member.Path, "iri", $"The extension's name '{member.Name}' is not an absolute IRI.");
            }
        }
    }

    /// <summary>No value below may be null; extensions may hold anything.</summary>
    public static void NoNulls(JsonCursor value)
    {
        if (value.Kind == JsonKind.Null)
        {
            throw Refuse(value.Path, "null", "null is not a value here: leave the property out.");
        }

        foreach (JsonCursor member in value)
        {
            if (!member.NameBytes.SequenceEqual("extensions"u8))
            {
                NoNulls(member);
            }
        }
    }

    private static string Offset(Match match)
    {
        string offset = match.Groups["offset"].Value.Replace(":", "", StringComparison.Ordinal);
        return offset switch
        {
            "" or "Z" or "z" => "+00:00",
            { Length: 3 } => $"{offset}:00",
            _ => $"{offset[..3]}:{offset[3..]}",
        };
    }

    private static string Word(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.False => "false",
        JsonKind.True => "true",
        JsonKind.Number => "number",
        JsonKind.String => "string",
        JsonKind.Array => "array",
        JsonKind.Object => "object",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    [GeneratedRegex("""^[A-Za-z][A-Za-z0-9+.\-]*:[^\s\x00-\x1f<>"{}|\\^`]+\z""", RegexOptions.CultureInvariant)]
    private static partial Regex IriPattern();

    [GeneratedRegex("""^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z""", RegexOptions.CultureInvariant)]
    private static partial Regex UuidPattern();

    [GeneratedRegex(
        """^(?<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})"""
        + """(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,30}))?)?(?<offset>[Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();

    [GeneratedRegex(
        """^P([0-9.,]+W|([0-9.,]+Y)?([0-9.,]+M)?([0-9.,]+D)?(T([0-9.,]+H)?([0-9.,]+M)?([0-9.,]+S)?)?)\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex("""^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex LanguagePattern();
}
