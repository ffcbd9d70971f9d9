using System.Security.Cryptography;

namespace Ledger.Node.Records;

/// <summary>The bytes of an attachment.</summary>
/// <param name="Digest">Their SHA-2 value, by which statements name them.</param>
/// <param name="Content">The bytes.</param>
public sealed record AttachmentContent(ReadOnlyMemory<byte> Digest, ReadOnlyMemory<byte> Content)
{
    /// <summary>The SHA-2 value in hexadecimal digits of lower case.</summary>
    public string HexDigest => Convert.ToHexStringLower(Digest.Span);

    /// <summary>Of these bytes.</summary>
    public static AttachmentContent Of(ReadOnlyMemory<byte> content) => new(SHA256.HashData(content.Span), content);
}
