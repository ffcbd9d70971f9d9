namespace Ledger.Node.Records;

/// <summary>What a statement says of one attachment.</summary>
/// <param name="Path">Where it says so, as a JSON pointer.</param>
/// <param name="UsageType">What the attachment is for, an IRI.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Digest">Its SHA-2 value, in hexadecimal digits of lower case.</param>
/// <param name="HasFileUrl">It may be fetched elsewhere, so its bytes need not come along.</param>
public sealed record AttachmentClaim(
    string Path, string UsageType, string ContentType, string Digest, bool HasFileUrl);
