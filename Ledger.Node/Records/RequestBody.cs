using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>Reads the body of a request, JSON of at most <see cref="RecordIntake.BodyBytesMax"/>.</summary>
internal static class RequestBody
{
    private static readonly string[] JsonTypes = ["application/json", "application/ld+json"];

    /// <summary>The refusal of a body that must not be read, or null.</summary>
    public static XapiAnswer? Refusal(HttpRequest request)
    {
        bool isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && JsonTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson)
        {
            return XapiAnswer.Error(
                StatusCodes.Status415UnsupportedMediaType,
                "The body must be JSON in UTF-8, announced as Content-Type: application/json.",
                "",
                "content-type");
        }

        return request.ContentLength > RecordIntake.BodyBytesMax ? TooLarge() : null;
    }

    /// <summary>
    /// The whole body. Throws <see cref="BadHttpRequestException"/> when it turns out too long or breaks off.
    /// </summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        IHttpMaxRequestBodySizeFeature? size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false })
        {
            size.MaxRequestBodySize = RecordIntake.BodyBytesMax;
        }

        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    /// <summary>The answer to a body that is too long.</summary>
    public static XapiAnswer TooLarge() => XapiAnswer.Error(
        StatusCodes.Status413PayloadTooLarge,
        $"The body is longer than {RecordIntake.BodyBytesMax} bytes: send fewer records at a time.",
        "",
        "json.size");
}
