namespace Ledger.Node.Records;

/// <summary>
/// Gives statements with the bytes of their attachments, as multipart/mixed. Attachments are read one at a time while
/// they are sent, each once.
/// </summary>
internal sealed class MultipartAnswer
{
    private readonly RecordStore store;

    public MultipartAnswer(RecordStore store)
    {
        this.store = store;
    }

    /// <summary>The same answer with the attachments of some statements after it.</summary>
    public XapiAnswer Of(XapiAnswer json, IReadOnlyList<StoredRecord> records)
    {
        MultipartPieces pieces = new();
        return json with
        {
            Body = pieces.First(json.ContentType, json.Body),
            ContentType = pieces.ContentType,
            Rest = pieces.Rest(StoredAttachments.Of(records, store.Attachment)),
        };
    }
}
