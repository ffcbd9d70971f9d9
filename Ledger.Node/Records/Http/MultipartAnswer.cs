using System.Security.Cryptography;
using System.Text;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Gives statements with the bytes of their attachments, as multipart/mixed. Attachments are read one at a time while
/// they are sent, each once.
/// </summary>
internal sealed class MultipartAnswer
{
    private const int BoundaryBytes = 16;

    private readonly RecordStore store;

    public MultipartAnswer(RecordStore store)
    {
        this.store = store;
    }

    /// <summary>The same answer with the attachments of some statements after it.</summary>
    public XapiAnswer Of(XapiAnswer json, IReadOnlyList<StoredRecord> records)
    {
        string boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(BoundaryBytes));
        byte[] first = Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Type: {json.ContentType}\r\n\r\n");
        return json with
        {
            Body = (byte[])[.. first, .. json.Body.Span, .. "\r\n"u8],
            ContentType = $"multipart/mixed; boundary={boundary}",
            Rest = Rest(boundary, records),
        };
    }

    private IEnumerable<ReadOnlyMemory<byte>> Rest(string boundary, IReadOnlyList<StoredRecord> records)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        IEnumerable<AttachmentClaim> claims = records.SelectMany(static record =>
            StatementFactsReader.Read(JsonTree.Parse(record.Committed.Span).Root, record.Version).Attachments);
        foreach (AttachmentClaim claim in claims.Where(claim => given.Add(claim.Digest)))
        {
            bool isDigest = claim.Digest.Length % 2 == 0;
            if (!isDigest || store.Attachment(Convert.FromHexString(claim.Digest)) is not { } content)
            {
                continue;
            }

            yield return Encoding.UTF8.GetBytes(
                $"--{boundary}\r\nContent-Type: {claim.ContentType}\r\nContent-Transfer-Encoding: binary\r\n"
                + $"X-Experience-API-Hash: {claim.Digest}\r\n\r\n");
            yield return content;
            yield return "\r\n"u8.ToArray();
        }

        yield return Encoding.ASCII.GetBytes($"--{boundary}--\r\n");
    }
}
