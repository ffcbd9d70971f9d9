using Ledger.Node.Sealing;

namespace Ledger.Node.Records;

/// <summary>An attachment with all that is computed outside the writer's lock.</summary>
/// <param name="Digest">By what it is found.</param>
/// <param name="Holders">Who has it, as the store knows persons, each once.</param>
/// <param name="Key">The fresh key of its bytes.</param>
/// <param name="Sealed">Its bytes under that key.</param>
internal sealed record PreparedAttachment(
    SearchKey Digest, IReadOnlyList<string> Holders, byte[] Key, byte[] Sealed)
{
    /// <summary>Of bytes that came in; their holders are the actors of the statements that claim them.</summary>
    public static PreparedAttachment Of(
        StoreSeals seals, AttachmentContent content, IEnumerable<IntakeRecord> statements)
    {
        string digest = Convert.ToHexStringLower(content.Digest.Span);
        SearchKey found = seals.KeyOf(SearchKind.Attachment, digest);
        (byte[] key, byte[] sealedContent) = AttachmentSeal.Seal(SealContexts.Attachment(found), content.Content.Span);
        string[] holders =
        [
            .. statements
                .Where(one => one.Facts?.Attachments.Any(claim => claim.Digest == digest) ?? false)
                .Select(static one => one.ActorKey)
                .Distinct(StringComparer.Ordinal),
        ];

        // What no statement claims is nobody's, and kept all the same.
        return new PreparedAttachment(found, holders.Length > 0 ? holders : [PersonKeys.Store], key, sealedContent);
    }
}
