using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>
/// A request as xAPI means it, whichever of the two ways it was written: as HTTP, or as a form (xAPI 1.0.3, part 3,
/// 1.3).
/// </summary>
internal sealed record XapiRequest
{
    /// <summary>GET, HEAD, PUT, POST or DELETE; another word is no method here.</summary>
    public required string Method { get; init; }

    /// <summary>The path, as the client wrote it.</summary>
    public required string Path { get; init; }

    /// <summary>The parameters, each once.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Headers by their names, in any case.</summary>
    public required Func<string, string?> Header { get; init; }

    /// <summary>The whole body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The version that is spoken, once it is known.</summary>
    public XapiVersion Version { get; init; } = XapiVersion.V1;

    /// <summary>Who is asking, once it is known.</summary>
    public XapiCredential Caller { get; init; } = Nobody;

    /// <summary>The announced type of the body, or null where there is none or it is none.</summary>
    public MediaTypeHeaderValue? ContentType =>
        MediaTypeHeaderValue.TryParse(Header(HeaderNames.ContentType), out MediaTypeHeaderValue? type) ? type : null;

    /// <summary>A GET without its body is a HEAD.</summary>
    public bool IsReading => Method is "GET" or "HEAD";

    private static XapiCredential Nobody { get; } = new(string.Empty, string.Empty) { Scopes = XapiScopes.None };
}
