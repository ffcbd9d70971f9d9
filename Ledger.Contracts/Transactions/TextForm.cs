using System.Text;

namespace Ledger.Contracts.Transactions;

/// <summary>The texts that the ledger accepts. Rule P-3 of the protocol.</summary>
public static class TextForm
{
    /// <summary>Characters that no IRI holds (RFC 3987), besides blanks and control characters.</summary>
    private const string NotInIri = "<>\"{}|\\^`";

    /// <summary>
    /// A name for people: 1 to 200 bytes of UTF-8 without control characters, no blank at either end.
    /// </summary>
    public static bool IsName(string name) =>
        FitsBytes(name, TransactionLimits.NameBytesMax)
        && !name.Any(char.IsControl)
        && !char.IsWhiteSpace(name[0])
        && !char.IsWhiteSpace(name[^1]);

    /// <summary>
    /// A domain in lower case: labels of letters, digits and inner hyphens, at least two, with dots between.
    /// </summary>
    public static bool IsDomain(string domain)
    {
        if (!FitsBytes(domain, TransactionLimits.DomainBytesMax))
        {
            return false;
        }

        string[] labels = domain.Split('.');
        return labels.Length > 1 && labels.All(IsDomainLabel);
    }

    /// <summary>A verb's absolute IRI: a scheme, a colon, and more; 1 to 1,024 bytes of UTF-8.</summary>
    public static bool IsVerb(string verb) => FitsBytes(verb, TransactionLimits.VerbBytesMax) && IsAbsoluteIri(verb);

    /// <summary>An endpoint's absolute URI: 1 to 500 bytes of ASCII.</summary>
    public static bool IsUri(string uri) =>
        FitsBytes(uri, TransactionLimits.UriBytesMax) && uri.All(char.IsAscii) && IsAbsoluteIri(uri);

    private static bool IsDomainLabel(string label) =>
        label.Length is > 0 and <= TransactionLimits.DomainLabelBytesMax
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(static character =>
            character == '-' || char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character));

    private static bool IsAbsoluteIri(string iri)
    {
        int colon = iri.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && colon < iri.Length - 1
            && char.IsAsciiLetter(iri[0])
            && iri.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0
            && (iri.AsSpan().IndexOfAnyExcept(PlainCharacters) < 0
                || !iri.Any(static character => char.IsControl(character)
                    || char.IsWhiteSpace(character)
                    || NotInIri.Contains(character, StringComparison.Ordinal)));
    }

    // What nearly every IRI is made of: ASCII that an IRI may hold.
    private static System.Buffers.SearchValues<char> PlainCharacters { get; } = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(static code => (char)code).Except(NotInIri)]);

    private static System.Buffers.SearchValues<char> SchemeCharacters { get; } = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private static bool FitsBytes(string text, int bytesMax) =>
        text.Length > 0 && text.Length <= bytesMax && Encoding.UTF8.GetByteCount(text) <= bytesMax;
}
