using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>A document as a request brings it.</summary>
/// <param name="ContentType">Its media type, as announced.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IfMatch">The header If-Match, or null.</param>
/// <param name="IfNoneMatch">The header If-None-Match, or null.</param>
internal sealed record DocumentRequest(
    string ContentType, ReadOnlyMemory<byte> Content, string? IfMatch, string? IfNoneMatch)
{
    /// <summary>Whether a media type is JSON, whatever its parameters.</summary>
    public static bool IsJson(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
