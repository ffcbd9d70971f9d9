using System.Security.Cryptography;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// Writes JSON and the bytes of attachments as multipart/mixed (xAPI 1.0.3, part 3, 1.5.2), a piece at a time.
/// </summary>
internal sealed class MultipartPieces
{
    private const int BoundaryBytes = 16;

    private readonly string boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(BoundaryBytes));

    /// <summary>The media type, with the boundary.</summary>
    public string ContentType => $"multipart/mixed; boundary={boundary}";

    /// <summary>The first part: JSON of this media type.</summary>
    public byte[] First(string type, ReadOnlyMemory<byte> json)
    {
        byte[] head = Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Type: {type}\r\n\r\n");
        return [.. head, .. json.Span, .. "\r\n"u8];
    }

    /// <summary>The other parts and the end; each attachment is read when its turn comes.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Rest(
        IEnumerable<(AttachmentClaim Claim, ReadOnlyMemory<byte> Content)> attachments)
    {
        foreach ((AttachmentClaim claim, ReadOnlyMemory<byte> content) in attachments)
        {
            yield return Encoding.UTF8.GetBytes(
                $"--{boundary}\r\nContent-Type: {claim.ContentType}\r\nContent-Transfer-Encoding: binary\r\n"
                + $"X-Experience-API-Hash: {claim.Digest}\r\n\r\n");
            yield return content;
            yield return "\r\n"u8.ToArray();
        }

        yield return Encoding.ASCII.GetBytes($"--{boundary}--\r\n");
    }
}
