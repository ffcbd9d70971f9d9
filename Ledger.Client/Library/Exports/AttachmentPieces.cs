using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Exports;

/// <summary>
/// Puts the pieces of attachments in relation to the digests by which statements name them; it keeps none.
/// </summary>
internal sealed class AttachmentPieces
{
    private IncrementalHash? hash;
    private ByteString digest = ByteString.Empty;
    private ulong next;

    /// <summary>Takes the next piece; null, or why it is none.</summary>
    public string? ProblemOf(HeldAttachment piece)
    {
        if (piece.Offset == 0)
        {
            hash?.Dispose();
            hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            digest = piece.Digest;
            next = 0;
        }

        if (hash is null || piece.Digest != digest || piece.Offset != next
            || piece.Length < next || (ulong)piece.Content.Length > piece.Length - next
            || (piece.Content.IsEmpty && piece.Length > 0))
        {
            return "a piece of an attachment is left out, or stands in no order.";
        }

        hash.AppendData(piece.Content.Span);
        next += (ulong)piece.Content.Length;
        return next < piece.Length || hash.GetHashAndReset().AsSpan().SequenceEqual(digest.Span)
            ? null
            : "MISMATCH, an attachment is not what its digest says.";
    }
}
