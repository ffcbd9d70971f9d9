using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Google.Protobuf;
using Ledger.Client.Protos;

namespace Ledger.Client.Boxes;

/// <summary>
/// A signed request to a box as a bearer token of HTTP: <c>v1.BODY.SIGNATURE</c>, both in base64url. It is good for one
/// use, within a minute, at one box, because the request is.
/// </summary>
public static class BoxToken
{
    /// <summary>What the Authorization header begins with.</summary>
    public const string Scheme = "Bearer ";

    /// <summary>
    /// Longest token that is read: a request with three openings of the largest size exceeds what headers bear, and
    /// goes by gRPC.
    /// </summary>
    public const int LengthMax = 24 * 1024;

    private const string Prefix = "v1.";

    /// <summary>The token of a request.</summary>
    public static string Of(BoxRequest request) =>
        $"{Prefix}{Base64Url.EncodeToString(request.Body.Span)}.{Base64Url.EncodeToString(request.Signature.Span)}";

    /// <summary>Reads a token; its request is not checked yet.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BoxRequest? request)
    {
        request = null;
        if (text.Length > LengthMax || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = text[Prefix.Length..].Split('.');
        if (parts is not [var body, var signature]
            || BytesOf(body) is not { } bodyBytes
            || BytesOf(signature) is not { } signatureBytes)
        {
            return false;
        }

        request = new BoxRequest
        {
            Body = UnsafeByteOperations.UnsafeWrap(bodyBytes),
            Signature = UnsafeByteOperations.UnsafeWrap(signatureBytes),
        };
        return true;
    }

    // One spelling each: without padding, and without bits that no byte holds.
    private static byte[]? BytesOf(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Ascii.IsValid(text)
            && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out int count)
            && Base64Url.EncodeToString(bytes.AsSpan(0, count)) == text
                ? bytes[..count]
                : null;
    }
}
