using System.Diagnostics.CodeAnalysis;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>
/// Where a node answers, and the SHA-256 of its TLS public key (SPKI). Written <c>https://host:port#sha256=HEX</c>.
/// Without TLS
/// only on this machine.
/// </summary>
public sealed record NodeEndpoint
{
    private const string PinPrefix = "#sha256=";

    private NodeEndpoint(Uri uri, Hash256? tlsPin)
    {
        Uri = uri;
        TlsPin = tlsPin;
    }

    /// <summary>The address without the pin.</summary>
    public Uri Uri { get; }

    /// <summary>The SHA-256 of the server's public key; null without TLS.</summary>
    public Hash256? TlsPin { get; }

    /// <summary>
    /// Reads an address; <paramref name="tlsPin"/> is used when the address itself bears none. On failure
    /// <paramref name="problem"/> is a sentence for the user.
    /// </summary>
    public static bool TryParse(
        string? text, string? tlsPin, [NotNullWhen(true)] out NodeEndpoint? endpoint, out string problem)
    {
        endpoint = null;
        problem = string.Empty;
        // A host of nothing but marks of direction is taken at first, and none is left when it is written again.
        if (!WebAddress.TryParse(text, out Uri? uri)
            || !WebAddress.TryParse(uri.GetLeftPart(UriPartial.Query), out Uri? bare))
        {
            problem = $"{text} is not an address of a node; write https://host:port.";
            return false;
        }

        string? pinText = uri.Fragment.StartsWith(PinPrefix, StringComparison.Ordinal)
            ? uri.Fragment[PinPrefix.Length..] : tlsPin;
        if (uri.Scheme == "http")
        {
            problem = uri.IsLoopback ? string.Empty
                : $"{bare} is not encrypted; only a node on this machine may be used so.";
            endpoint = uri.IsLoopback ? new NodeEndpoint(bare, null) : null;
            return endpoint is not null;
        }

        if (!Hash256.TryParse(pinText, out Hash256 pin))
        {
            problem = $"{bare} needs the SHA-256 of the node's TLS public key, as 64 hexadecimal digits.";
            return false;
        }

        endpoint = new NodeEndpoint(bare, pin);
        return true;
    }

    /// <summary>The address with the pin.</summary>
    public override string ToString() => TlsPin is { } pin ? $"{Uri.AbsoluteUri.TrimEnd('/')}{PinPrefix}{pin}"
        : Uri.AbsoluteUri;
}
