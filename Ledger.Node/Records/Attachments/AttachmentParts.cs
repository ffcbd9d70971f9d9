using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// What came in one request: statements, and the bytes of attachments by the digest that was said of them.
/// </summary>
/// <param name="Json">The statements, as JSON.</param>
/// <param name="Contents">The attachments; each digest is that of the bytes.</param>
public sealed record AttachmentParts(ReadOnlyMemory<byte> Json, IReadOnlyList<AttachmentContent> Contents)
{
    /// <summary>Statements without attachments.</summary>
    public static AttachmentParts Alone(ReadOnlyMemory<byte> json) => new(json, []);

    /// <summary>
    /// Checks that the bytes are what the statements say, that none is missing and none too many, and that signatures
    /// sign their statements. Throws <see cref="RecordFormatException"/>.
    /// </summary>
    internal void Check(IReadOnlyList<IntakeRecord> statements)
    {
        HashSet<string> claimed = new(StringComparer.Ordinal);
        foreach (IntakeRecord statement in statements)
        {
            foreach (AttachmentClaim claim in statement.Facts?.Attachments ?? [])
            {
                claimed.Add(claim.Digest);
                Check(statement, claim);
            }
        }

        int unclaimed = Contents.Count(content => !claimed.Contains(Convert.ToHexStringLower(content.Digest.Span)));
        if (unclaimed > 0)
        {
            throw FieldRules.Refuse(
                string.Empty, "attachment-claimed", $"{unclaimed} of the parts belong to no statement's attachment.");
        }
    }

    // The hash says which bytes are meant. The length is the client's word on them, which the standard does not let a
    // store refuse.
    private void Check(IntakeRecord statement, AttachmentClaim claim)
    {
        if (claim.UsageType == StatementSignature.UsageType && claim.ContentType != StatementSignature.ContentType)
        {
            throw FieldRules.Refuse(
                $"{claim.Path}/contentType", "signature", $"A signature's type is {StatementSignature.ContentType}.");
        }

        AttachmentContent? content =
            Contents.FirstOrDefault(one => Convert.ToHexStringLower(one.Digest.Span) == claim.Digest);
        if (content is null)
        {
            if (!claim.HasFileUrl)
            {
                throw FieldRules.Refuse(
                    $"{claim.Path}/sha2",
                    "attachment-present",
                    "The attachment has no fileUrl, and no part of the request has this hash.");
            }

            return;
        }

        if (claim.UsageType == StatementSignature.UsageType)
        {
            StatementSignature.Check(content.Content.Span, statement.Source, claim.Path);
        }
    }
}
