using System.Collections.Immutable;
using System.Globalization;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Hosting;

/// <summary>
/// Reads a verb: its IRI, its code in decimal or hexadecimal, or a label that one verb alone has. <c>viewed 0x34</c>,
/// as verbs are
/// shown, is read by its code.
/// </summary>
public static class VerbResolver
{
    /// <summary>
    /// The exact IRI; throws <see cref="CommandException"/> when the text does not say which verb is meant.
    /// </summary>
    public static string Resolve(string text) => Resolve(text, VerbTable.Standard);

    /// <summary>As <see cref="Resolve(string)"/>, in a table with what members have added.</summary>
    public static string Resolve(string text, VerbTable table)
    {
        string name = text.Trim();
        if (name.Contains(':', StringComparison.Ordinal))
        {
            return name;
        }

        string last = name[(name.LastIndexOf(' ') + 1)..];
        if (TryReadId(last, out int id))
        {
            return table.TryGet(id, out Verb? coded)
                ? coded.Iri
                : throw CommandException.WrongUse($"No verb has the code {last}. Run: ledger verb list");
        }

        ImmutableArray<Verb> verbs = table.WithLabel(name);
        string[] iris = [.. verbs.Select(static verb => verb.Iri).Distinct(StringComparer.Ordinal)];
        return iris.Length switch
        {
            0 => throw CommandException.WrongUse($"No verb is called {name}. Give its IRI, or run: ledger verb list"),
            1 => iris[0],
            _ => throw CommandException.WrongUse(
                $"{name} may be any of these verbs; give one by its code or IRI:"
                + string.Concat(verbs.Select(verb => string.Create(
                    CultureInfo.InvariantCulture, $"{Environment.NewLine}  0x{verb.Id:x}  {verb.Iri}")))),
        };
    }

    private static bool TryReadId(string text, out int id) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
