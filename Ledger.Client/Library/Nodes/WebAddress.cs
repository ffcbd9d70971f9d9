using System.Diagnostics.CodeAnalysis;

namespace Ledger.Client.Nodes;

/// <summary>
/// Addresses of http and https, as people and other institutions write them. Without the scheme before it a text may
/// be the path of a file, at which the platform's reader can fail instead of answering.
/// </summary>
public static class WebAddress
{
    /// <summary>Reads an address of http or https.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        return text is not null
            && (StartsWith(text, Uri.UriSchemeHttps) || StartsWith(text, Uri.UriSchemeHttp))
            && Uri.TryCreate(text, UriKind.Absolute, out address);
    }

    /// <summary>Reads an address of https.</summary>
    public static bool TryParseSecure([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Uri? address) =>
        TryParse(text, out address) && address.Scheme == Uri.UriSchemeHttps;

    private static bool StartsWith(string text, string scheme) =>
        text.StartsWith(scheme + Uri.SchemeDelimiter, StringComparison.OrdinalIgnoreCase);
}
