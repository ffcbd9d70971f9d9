using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>How much a tool may send: settable, and off for a credential that says so, up to the ceilings.</summary>
public sealed record RequestLimits
{
    /// <summary>
    /// Requests of one credential in a second: twice what a node's store takes in, so that a tool that is broken stays
    /// below what all tools together may need.
    /// </summary>
    public const int RequestsPerSecondDefault = 1_000;

    /// <summary>The most that a setting allows: more than any store takes in, so that no limit overflows.</summary>
    public const int RequestsPerSecondCeiling = 1_000_000;

    /// <summary>
    /// The longest body that any setting allows: a body is held in memory, and what it means takes several times its
    /// length.
    /// </summary>
    public const int BodyBytesCeiling = 16 * 1024 * 1024;

    /// <summary>The longest body with attachments that any setting allows; it is held in memory once.</summary>
    public const int AttachmentBytesCeiling = 128 * 1024 * 1024;

    /// <summary>Requests of one credential in a second; as many again may come at once after a pause.</summary>
    public int RequestsPerSecond { get; init; } = RequestsPerSecondDefault;

    /// <summary>Bytes of a body.</summary>
    public int BodyBytes { get; init; } = RecordIntake.BodyBytesMax;

    /// <summary>Bytes of a body of statements with their attachments.</summary>
    public int AttachmentBytes { get; init; } = MultipartBody.BytesMax;

    /// <summary>The longest body of a request: statements that bring attachments may have the longest.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who sends it; null where the body says so.</param>
    public int BytesOf(HttpRequest request, XapiCredential? caller)
    {
        bool hasAttachments = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase);
        bool isUnlimited = caller?.IsUnlimited == true;
        return hasAttachments && caller is not null
            ? isUnlimited ? AttachmentBytesCeiling : AttachmentBytes
            : isUnlimited ? BodyBytesCeiling : BodyBytes;
    }
}
