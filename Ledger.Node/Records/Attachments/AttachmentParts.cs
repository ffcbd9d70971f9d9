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
        Dictionary<string, AttachmentContent> contents = [];
        foreach (AttachmentContent content in Contents)
        {
            contents.TryAdd(Convert.ToHexStringLower(content.Digest.Span), content);
        }

        // Many statements may claim one part: it is read once.
        Dictionary<string, StatementSignature> signatures = [];
        HashSet<string> claimed = new(StringComparer.Ordinal);
        foreach (IntakeRecord statement in statements)
        {
            foreach (AttachmentClaim claim in statement.Facts?.Attachments ?? [])
            {
                claimed.Add(claim.Digest);
                RequirePresent(claim, contents);
                if (claim.UsageType == StatementSignature.UsageType
                    && contents.TryGetValue(claim.Digest, out AttachmentContent? content))
                {
                    if (!signatures.TryGetValue(claim.Digest, out StatementSignature? signature))
                    {
                        signature = StatementSignature.Read(content.Content.Span, claim.Path);
                        signatures.Add(claim.Digest, signature);
                    }

                    signature.RequireSigns(statement.Source, claim.Path);
                }
            }
        }

        int unclaimed = contents.Keys.Count(digest => !claimed.Contains(digest));
        if (unclaimed > 0)
        {
            throw FieldRules.Refuse(
                string.Empty, "attachment-claimed", $"{unclaimed} of the parts belong to no statement's attachment.");
        }
    }

    // The hash says which bytes are meant. The length is the client's word on them, which the standard does not let a
    // store refuse.
    private static void RequirePresent(AttachmentClaim claim, Dictionary<string, AttachmentContent> contents)
    {
        if (claim.UsageType == StatementSignature.UsageType && claim.ContentType != StatementSignature.ContentType)
        {
            throw FieldRules.Refuse(
                $"{claim.Path}/contentType", "signature", $"A signature's type is {StatementSignature.ContentType}.");
        }

        if (!claim.HasFileUrl && !contents.ContainsKey(claim.Digest))
        {
            throw FieldRules.Refuse(
                $"{claim.Path}/sha2",
                "attachment-present",
                "The attachment has no fileUrl, and no part of the request has this hash.");
        }
    }
}
