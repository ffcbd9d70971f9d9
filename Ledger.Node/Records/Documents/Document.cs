using System.Security.Cryptography;

namespace Ledger.Node.Records;

/// <summary>A document as it is kept.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Updated">When it was written last, to the millisecond.</param>
public sealed record Document(string ContentType, ReadOnlyMemory<byte> Content, DateTimeOffset Updated)
{
    /// <summary>The entity tag with its quotes: the SHA-1 of the bytes, as xAPI 1.0.3 (part 3, 3.1) has it.</summary>
    public string EntityTag => EntityTagOf(Content.Span);

    /// <summary>The entity tag of some bytes.</summary>
    public static string EntityTagOf(ReadOnlySpan<byte> content) =>
        $"\"{Convert.ToHexStringLower(SHA1.HashData(content))}\"";
}
