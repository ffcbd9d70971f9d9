using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ledger.Client.Records;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>
/// Reads statements with the bytes of their attachments (xAPI 1.0.3, part 3, 1.5.2): a part of JSON, then a part for
/// each attachment. Throws <see cref="RecordFormatException"/>.
/// </summary>
public static class MultipartBody
{
    /// <summary>The longest body with attachments: 32 MiB, a lecture's slides; larger things have a fileUrl.</summary>
    public const int BytesMax = 32 * 1024 * 1024;

    /// <summary>Parts of one body: more attachments come in further requests.</summary>
    private const int PartsMax = 1_000;

    /// <summary>RFC 2046 has at most 70 characters.</summary>
    private const int BoundaryMax = 70;

    private const string HashHeader = "X-Experience-API-Hash";

    private const string EncodingHeader = "Content-Transfer-Encoding";

    /// <summary>Reads a body whose announced type is multipart/mixed.</summary>
    public static async Task<AttachmentParts> ReadAsync(
        ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, CancellationToken cancellation)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > BoundaryMax)
        {
            throw Refuse("boundary", "The Content-Type names no boundary of 1 to 70 characters.");
        }

        try
        {
            return await ReadAsync(
                new MultipartReader(boundary, StreamOf(body)), cancellation);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            throw Refuse("multipart", "The body is not multipart/mixed with the boundary that was announced.");
        }
    }

    // Memory that is an array is read where it is.
    private static MemoryStream StreamOf(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out ArraySegment<byte> bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);

    private static async Task<AttachmentParts> ReadAsync(MultipartReader reader, CancellationToken cancellation)
    {
        MultipartSection? first = await reader.ReadNextSectionAsync(cancellation);
        if (first is null || !MediaTypeHeaderValue.TryParse(first.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse("multipart", "The first part must be the statements, as application/json.");
        }

        ReadOnlyMemory<byte> json = await BytesAsync(first, cancellation);
        List<AttachmentContent> contents = [];
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (contents.Count == PartsMax)
            {
                throw Refuse("parts", $"There are more than {PartsMax} attachments.");
            }

            contents.Add(await ContentAsync(section, cancellation));
        }

        return new AttachmentParts(json, contents);
    }

    private static async Task<AttachmentContent> ContentAsync(MultipartSection section, CancellationToken cancellation)
    {
        if (Header(section, EncodingHeader) is not { } encoding
            || !encoding.Equals("binary", StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse("transfer-encoding", $"An attachment's part has the header {EncodingHeader}: binary.");
        }

        string named = Header(section, HashHeader)
            ?? throw Refuse("attachment-hash", $"An attachment's part has the header {HashHeader}.");
        ReadOnlyMemory<byte> content = await BytesAsync(section, cancellation);
        byte[] digest = Digest(content.Span, named.Length);
        return Convert.ToHexStringLower(digest) == named.ToLowerInvariant()
            ? new AttachmentContent(digest, content)
            : throw Refuse("attachment-hash", $"The header {HashHeader} is not the SHA-2 value of its part.");
    }

    private static byte[] Digest(ReadOnlySpan<byte> content, int hexDigits) => (hexDigits / 2) switch
    {
        SHA256.HashSizeInBytes => SHA256.HashData(content),
        SHA384.HashSizeInBytes => SHA384.HashData(content),
        SHA512.HashSizeInBytes => SHA512.HashData(content),
        _ => throw Refuse("attachment-hash", $"The header {HashHeader} is no SHA-256, SHA-384 or SHA-512 value."),
    };

    private static string? Header(MultipartSection section, string name) =>
        section.Headers is { } headers && headers.TryGetValue(name, out StringValues value)
            ? value.ToString().Trim()
            : null;

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(
        MultipartSection section, CancellationToken cancellation)
    {
        MemoryStream bytes = new();
        await section.Body.CopyToAsync(bytes, cancellation);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static RecordFormatException Refuse(string rule, string message) =>
        FieldRules.Refuse(string.Empty, rule, message);
}
