namespace Ledger.Node.Records.Connectors;

/// <summary>Statements as they are sent to another store.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record ForwardedBody(byte[] Bytes, string ContentType)
{
    private const string Json = "application/json";

    /// <summary>JSON alone, or with the attachments of its statements, each once.</summary>
    public static ForwardedBody Of(
        byte[] json, IEnumerable<(AttachmentClaim Claim, ReadOnlyMemory<byte> Content)> attachments)
    {
        (AttachmentClaim Claim, ReadOnlyMemory<byte> Content)[] each =
            [.. attachments.DistinctBy(static one => one.Claim.Digest)];
        if (each.Length == 0)
        {
            return new ForwardedBody(json, Json);
        }

        MultipartPieces pieces = new();
        using MemoryStream body = new();
        body.Write(pieces.First(Json, json));
        foreach (ReadOnlyMemory<byte> piece in pieces.Rest(each))
        {
            body.Write(piece.Span);
        }

        return new ForwardedBody(body.ToArray(), pieces.ContentType);
    }
}
