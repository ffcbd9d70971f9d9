using System.Security.Cryptography;

namespace Ledger.Node.Records;

/// <summary>The bytes of an attachment.</summary>
/// <param name="Digest">Their SHA-256, under which they are kept.</param>
/// <param name="Content">The bytes.</param>
public sealed record AttachmentContent(ReadOnlyMemory<byte> Digest, ReadOnlyMemory<byte> Content)
{
    /// <summary>Of these bytes.</summary>
    public static AttachmentContent Of(ReadOnlyMemory<byte> content) => new(SHA256.HashData(content.Span), content);
}
