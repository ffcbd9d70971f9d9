using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The attachments of stored statements whose bytes the store has.</summary>
internal static class StoredAttachments
{
    /// <summary>Each once, in the order of the statements; the bytes are read one after another.</summary>
    /// <param name="records">The statements.</param>
    /// <param name="find">The bytes of a SHA-2 value, or null.</param>
    public static IEnumerable<(AttachmentClaim Claim, ReadOnlyMemory<byte> Content)> Of(
        IReadOnlyList<StoredRecord> records, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?> find)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        IEnumerable<AttachmentClaim> claims = records.SelectMany(static record =>
            StatementFactsReader.Read(JsonTree.Parse(record.Committed.Span).Root, record.Version).Attachments);
        foreach (AttachmentClaim claim in claims.Where(claim => given.Add(claim.Digest)))
        {
            bool isDigest = claim.Digest.Length % 2 == 0;
            if (isDigest && find(Convert.FromHexString(claim.Digest)) is { } content)
            {
                yield return (claim, content);
            }
        }
    }
}
