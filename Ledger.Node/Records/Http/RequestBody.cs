using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>What the body of a request may be.</summary>
internal static class RequestBody
{
    private static readonly string[] JsonTypes = ["application/json", "application/ld+json"];

    /// <summary>Whether a type announces JSON in UTF-8.</summary>
    public static bool IsJson(MediaTypeHeaderValue? type) =>
        type is not null && JsonTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        && (!type.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The refusal of a body that is not JSON; the two standards answer by different statuses.</summary>
    public static XapiAnswer NotJson(int status) => XapiAnswer.Error(
        status,
        "The body must be JSON in UTF-8, announced as Content-Type: application/json.",
        "",
        "content-type");

    /// <summary>The answer to a body that is too long.</summary>
    public static XapiAnswer TooLarge(int bytesMax) => XapiAnswer.Error(
        StatusCodes.Status413PayloadTooLarge,
        $"The body is longer than {bytesMax} bytes: send fewer records at a time.",
        "",
        "json.size");
}
