using System.Buffers;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>
/// What a request makes of a document, by what is kept (xAPI 1.0.3, part 3, 2.2 and 3.1; IEEE 9274.1.1, 4.1.4). Pure.
/// </summary>
internal static class DocumentRules
{
    /// <summary>The longest document: what one request may bring, and JSON that is merged stays as long.</summary>
    private static readonly JsonLimits Limits = new(RequestLimits.BodyBytesCeiling, JsonLimits.RecordDepthMax);

    /// <summary>
    /// What is announced as JSON must be JSON, and an object if it is to be merged. Throws
    /// <see cref="RecordFormatException"/>.
    /// </summary>
    public static void RequireReadable(DocumentRequest request, bool isMerging)
    {
        // It is given back as a header: what cannot be one would make the document unreadable.
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out _) || request.ContentType.Any(IsNoHeaderText))
        {
            throw new RecordFormatException("?Content-Type", "media-type", "The Content-Type is no media type.");
        }

        if (DocumentRequest.IsJson(request.ContentType))
        {
            JsonCursor root = JsonTree.Parse(request.Content.Span, Limits).Root;
            if (isMerging)
            {
                FieldRules.Kind(root, JsonKind.Object);
            }
        }
    }

    private static bool IsNoHeaderText(char sign) => !char.IsAscii(sign) || char.IsControl(sign);

    /// <summary>A PUT: the document is what the request brings.</summary>
    public static DocumentChange Replace(
        Document? known, DocumentRequest request, bool asksForPrecondition, DocumentKind kind)
    {
        if (Failed(known, request.IfMatch, request.IfNoneMatch) is { } failed)
        {
            return failed;
        }

        bool isUnconditional = request.IfMatch is null && request.IfNoneMatch is null;
        if (asksForPrecondition && isUnconditional && known is not null)
        {
            return new DocumentChange.Refuse(
                StatusCodes.Status409Conflict,
                "precondition",
                "There is such a document. Read it, then write with If-Match and its ETag.");
        }

        // Profiles are shared by many tools: whoever means to make one has to say so.
        if (kind != DocumentKind.State && isUnconditional)
        {
            return new DocumentChange.Refuse(
                StatusCodes.Status400BadRequest,
                "precondition",
                "Write a profile with If-Match and its ETag, or a new one with If-None-Match: *.");
        }

        return new DocumentChange.Keep(request.ContentType, request.Content);
    }

    /// <summary>A POST: JSON objects are merged by their members; where there is no document it is a new one.</summary>
    public static DocumentChange Merge(Document? known, DocumentRequest request)
    {
        if (Failed(known, request.IfMatch, request.IfNoneMatch) is { } failed)
        {
            return failed;
        }

        if (known is null)
        {
            return new DocumentChange.Keep(request.ContentType, request.Content);
        }

        if (!DocumentRequest.IsJson(known.ContentType) || !DocumentRequest.IsJson(request.ContentType)
            || JsonTree.Parse(known.Content.Span, Limits).Root is not { Kind: JsonKind.Object } old)
        {
            return new DocumentChange.Refuse(
                StatusCodes.Status400BadRequest,
                "merge",
                "Only JSON objects are merged, and the document that is kept or the one that came is none.");
        }

        byte[] merged = Merged(old, JsonTree.Parse(request.Content.Span, Limits).Root);
        return merged.Length <= Limits.BytesMax
            ? new DocumentChange.Keep(request.ContentType, merged)
            : new DocumentChange.Refuse(
                StatusCodes.Status413PayloadTooLarge, "json.size", "The merged document would be too long.");
    }

    /// <summary>A DELETE.</summary>
    public static DocumentChange Remove(Document? known, string? ifMatch, string? ifNoneMatch) =>
        (DocumentChange?)Failed(known, ifMatch, ifNoneMatch) ?? new DocumentChange.Remove();

    /// <summary>Whether a header of entity tags names one, or any by an asterisk.</summary>
    public static bool Names(string? header, string entityTag) => header is not null
        && header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(tag => tag == "*" || Strong(tag) == entityTag);

    // Entity tags here are strong; a proxy that packs an answer may have made a weak one of it.
    private static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    private static DocumentChange.Refuse? Failed(Document? known, string? ifMatch, string? ifNoneMatch)
    {
        bool fails = (ifMatch is not null && (known is null || !Names(ifMatch, known.EntityTag)))
            || (ifNoneMatch is not null && known is not null && Names(ifNoneMatch, known.EntityTag));
        return fails
            ? new DocumentChange.Refuse(
                StatusCodes.Status412PreconditionFailed,
                "precondition",
                "The document is not the one that the request speaks of. Nothing was changed: read it again.")
            : null;
    }

    private static byte[] Merged(JsonCursor old, JsonCursor fresh)
    {
        ArrayBufferWriter<byte> merged = new();
        merged.Write("{"u8);
        bool isFirst = true;
        Write(old, member => !fresh.TryGet(member.NameBytes, out _));
        Write(fresh, static _ => true);
        merged.Write("}"u8);
        return merged.WrittenSpan.ToArray();

        void Write(JsonCursor value, Func<JsonCursor, bool> isWritten)
        {
            foreach (JsonCursor member in value)
            {
                if (isWritten(member))
                {
                    merged.Write(isFirst ? ""u8 : ","u8);
                    isFirst = false;
                    CanonicalJson.WriteMember(member, merged);
                }
            }
        }
    }
}
