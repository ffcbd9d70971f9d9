using Ledger.Client.Records;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>The languages that a reader likes, best first: its header Accept-Language (RFC 9110, 12.5.4).</summary>
internal sealed class LanguagePreference
{
    /// <summary>Languages of one header that are looked at: nobody reads more.</summary>
    private const int LanguagesMax = 32;

    private readonly string[] ranges;

    private LanguagePreference(string[] ranges)
    {
        this.ranges = ranges;
    }

    /// <summary>Reads the header; what is no list of languages likes none best.</summary>
    public static LanguagePreference Read(string? header)
    {
        if (!StringWithQualityHeaderValue.TryParseList(
            header is null ? [] : [header], out IList<StringWithQualityHeaderValue>? values))
        {
            return new LanguagePreference([]);
        }

        return new LanguagePreference(
        [
            .. values.Where(static value => value.Quality is not 0)
                .OrderByDescending(static value => value.Quality ?? 1)
                .Select(static value => value.Value.ToString())
                .Take(LanguagesMax),
        ]);
    }

    /// <summary>
    /// The name of the member that is liked best; the first where none is liked, null where there is none.
    /// </summary>
    public string? Choose(JsonCursor map)
    {
        string? first = null;
        (int Rank, string? Name) best = (int.MaxValue, null);
        foreach (JsonCursor member in map)
        {
            string name = member.Name;
            first ??= name;
            int rank = Array.FindIndex(ranges, range => Matches(name, range));
            if (rank >= 0 && rank < best.Rank)
            {
                best = (rank, name);
            }
        }

        return best.Name ?? first;
    }

    // A range stands for itself and for what is more special (RFC 4647, 3.3.1).
    private static bool Matches(string language, string range) =>
        language.Equals(range, StringComparison.OrdinalIgnoreCase)
        || (language.Length > range.Length && language[range.Length] == '-'
            && language.StartsWith(range, StringComparison.OrdinalIgnoreCase));
}
