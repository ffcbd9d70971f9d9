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
        StoreSeals seals, AttachmentContent content, IEnumerable<IntakeRecord> statements) => Of(
            seals,
            content,
            [
                .. statements
                    .Where(one => one.Facts?.Attachments.Any(claim => claim.Digest == content.HexDigest) ?? false)
                    .Select(static one => one.ActorKey)
                    .Distinct(StringComparer.Ordinal),
            ]);

    /// <summary>Of bytes for these holders; what nobody claims is kept under the store's own key.</summary>
    public static PreparedAttachment Of(StoreSeals seals, AttachmentContent content, IReadOnlyList<string> holders)
    {
        SearchKey found = seals.KeyOf(SearchKind.Attachment, content.HexDigest);
        (byte[] key, byte[] sealedContent) = AttachmentSeal.Seal(SealContexts.Attachment(found), content.Content.Span);
        return new PreparedAttachment(found, holders.Count > 0 ? holders : [PersonKeys.Store], key, sealedContent);
    }
}
