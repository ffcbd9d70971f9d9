namespace Ledger.Node.Records.Import;

/// <summary>A record as somebody else has it.</summary>
/// <param name="Id">What it is called in reports: its id, or its line.</param>
/// <param name="Json">The record in UTF-8.</param>
internal sealed record GivenRecord(string Id, ReadOnlyMemory<byte> Json)
{
    /// <summary>The bytes of its attachments, as far as they came with it.</summary>
    public IReadOnlyList<AttachmentContent> Contents { get; init; } = [];
}
