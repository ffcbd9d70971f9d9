namespace Ledger.Node.Records.Connectors;

/// <summary>A statement that is handed on, with those of its attachments whose bytes this store has.</summary>
/// <param name="Record">The statement.</param>
/// <param name="Attachments">What it says of each, and the bytes.</param>
internal sealed record ForwardedStatement(
    StoredRecord Record, IReadOnlyList<(AttachmentClaim Claim, ReadOnlyMemory<byte> Content)> Attachments)
{
    /// <summary>
    /// Bytes of attachments that go in one request, unless a single statement has more: most stores take as much, and
    /// so much of them is in memory.
    /// </summary>
    private const int AttachmentBytesMax = 8 * 1024 * 1024;

    /// <summary>Statements in requests' worth, in their order; attachments are read as their turn comes.</summary>
    public static IEnumerable<ForwardedStatement[]> Batches(
        IEnumerable<StoredRecord> records, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?> attachment)
    {
        List<ForwardedStatement> batch = [];
        long bytes = 0;
        foreach (StoredRecord record in records)
        {
            ForwardedStatement one = new(record, [.. StoredAttachments.Of([record], attachment)]);
            long more = one.Attachments.Sum(static each => (long)each.Content.Length);
            if (batch.Count > 0 && bytes + more > AttachmentBytesMax)
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }

            batch.Add(one);
            bytes += more;
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }
}
