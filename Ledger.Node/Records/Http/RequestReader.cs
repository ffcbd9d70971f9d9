using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>
/// Reads requests as xAPI means them. Version 1.0.3 lets clients write a request as a form that is posted; what holds
/// there is in part 3, section 1.3. Throws <see cref="RecordFormatException"/>, and
/// <see cref="BodySizeException"/> or <see cref="BadHttpRequestException"/> for a body that is too long or breaks off.
/// </summary>
internal static class RequestReader
{
    /// <summary>The parameter that makes a posted form a request of that method.</summary>
    private const string MethodParameter = "method";

    /// <summary>What a form calls its body.</summary>
    private const string ContentField = "content";

    private static readonly string[] HeaderFields =
    [
        HeaderNames.Authorization, XapiVersions.Header, HeaderNames.ContentType, HeaderNames.ContentLength,
        HeaderNames.IfMatch, HeaderNames.IfNoneMatch,
    ];

    /// <summary>
    /// What is read of a form before it has shown who sends it: a request's name, secret and parameters, and a state of
    /// the usual size.
    /// </summary>
    private const int StrangersBytesMax = 64 * 1024;

    /// <summary>What is set aside for a body that has not come yet: most bodies fit in.</summary>
    private const int FirstBytesMax = 64 * 1024;

    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    /// <summary>Whether a request is one that was written as a form.</summary>
    public static bool IsForm(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Query.ContainsKey(MethodParameter);

    /// <summary>Reads a request, its body of at most so many bytes included.</summary>
    public static async Task<XapiRequest> ReadAsync(HttpContext context, int bytesMax, bool isForm)
    {
        XapiRequest plain = Begin(context.Request) with { Body = await BodyAsync(context, bytesMax) };
        return isForm ? FromForm(plain) : plain;
    }

    /// <summary>
    /// Reads a form whose headers show no known caller; null where no more is read of it, because it is long and its
    /// beginning shows none either.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="bytesMax">Bytes of the body of a known caller.</param>
    /// <param name="isKnown">Whether an Authorization header names somebody who is known.</param>
    public static async Task<XapiRequest?> ReadStrangersFormAsync(
        HttpContext context, int bytesMax, Func<string?, bool> isKnown)
    {
        XapiRequest begun = Begin(context.Request);
        byte[] beginning = new byte[StrangersBytesMax];
        int length = await BoundedAsync(context, bytesMax, async body => await body.ReadAtLeastAsync(
            beginning, beginning.Length, throwOnEndOfStream: false, context.RequestAborted));
        if (length < beginning.Length)
        {
            return FromForm(begun with { Body = beginning.AsMemory(0, length) });
        }

        return isKnown(AuthorizationIn(beginning))
            ? FromForm(begun with { Body = await BodyAsync(context, bytesMax, beginning) })
            : null;
    }

    private static XapiRequest Begin(HttpRequest request)
    {
        RequirePlain(request);
        return new XapiRequest
        {
            Method = request.Method,
            Path = request.PathBase + request.Path,
            Parameters = Single(request.Query.Select(static one => (one.Key, one.Value))),
            Header = name => request.Headers.TryGetValue(name, out StringValues value) ? value.ToString() : null,
            Body = ReadOnlyMemory<byte>.Empty,
        };
    }

    // The last field of a beginning may be cut off: it is not looked at.
    private static string? AuthorizationIn(byte[] beginning)
    {
        string text = System.Text.Encoding.UTF8.GetString(beginning);
        return QueryHelpers.ParseQuery(text[..Math.Max(0, text.LastIndexOf('&'))])
            .FirstOrDefault(static one => one.Key.Equals(HeaderNames.Authorization, StringComparison.OrdinalIgnoreCase))
            .Value;
    }

    /// <summary>The request that a posted form stands for.</summary>
    internal static XapiRequest FromForm(XapiRequest posted)
    {
        RequestParameters.RequireKnown(posted.Parameters, MethodParameter);
        string method = posted.Parameters[MethodParameter];
        if (!Methods.Contains(method, StringComparer.Ordinal))
        {
            throw RequestParameters.Refuse(MethodParameter, "method", $"'{method}' is not a method.");
        }

        Dictionary<string, string> fields = Single(
            QueryHelpers.ParseNullableQuery(System.Text.Encoding.UTF8.GetString(posted.Body.Span)) is { } form
                ? form.Select(static one => (one.Key, one.Value))
                : []);
        Dictionary<string, string> headers = Taken(
            fields, name => HeaderFields.Contains(name, StringComparer.OrdinalIgnoreCase));
        bool hasContent = fields.Remove(ContentField, out string? content);
        if (method is "PUT" or "POST" && !hasContent)
        {
            throw FieldRules.Refuse(string.Empty, "form-content", $"The form has no field '{ContentField}'.");
        }

        return posted with
        {
            Method = method,
            Parameters = fields,
            Header = name => headers.GetValueOrDefault(name) ?? OfForm(posted, name),
            Body = System.Text.Encoding.UTF8.GetBytes(content ?? string.Empty),
        };
    }

    // The type of the form is not the type of its content, which is JSON where nothing else is said.
    private static string? OfForm(XapiRequest posted, string name) =>
        name.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase)
            ? "application/json"
            : posted.Header(name);

    private static Dictionary<string, string> Taken(Dictionary<string, string> fields, Func<string, bool> isTaken)
    {
        Dictionary<string, string> taken = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in fields.Keys.Where(isTaken).ToArray())
        {
            fields.Remove(name, out string? value);
            taken[name] = value!;
        }

        return taken;
    }

    private static Dictionary<string, string> Single(IEnumerable<(string Name, StringValues Value)> given)
    {
        Dictionary<string, string> single = new(StringComparer.Ordinal);
        foreach ((string name, StringValues value) in given)
        {
            single[name] = value.Count == 1
                ? value.ToString()
                : throw RequestParameters.Refuse(name, "one-value", $"The parameter '{name}' has one value.");
        }

        return single;
    }

    // What is compressed could become anything when it is unpacked.
    private static void RequirePlain(HttpRequest request)
    {
        string? encoding = request.Headers.ContentEncoding;
        if (!string.IsNullOrEmpty(encoding) && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw FieldRules.Refuse(
                string.Empty, "content-encoding", $"Send the body as it is, not with Content-Encoding: {encoding}.");
        }
    }

    private static Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context, int bytesMax) =>
        BodyAsync(context, bytesMax, []);

    // The body, of which a beginning was read already.
    private static Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context, int bytesMax, byte[] beginning) =>
        BoundedAsync<ReadOnlyMemory<byte>>(context, bytesMax, async sent =>
        {
            // No more than a part is set aside for what is only announced; a body that came is not copied again.
            MemoryStream body = new((int)Math.Min(context.Request.ContentLength ?? 0, FirstBytesMax));
            body.Write(beginning);
            await sent.CopyToAsync(body, context.RequestAborted);
            return body.GetBuffer().AsMemory(0, (int)body.Length);
        });

    // The limit holds for the whole body, and is set before the first byte of it is read.
    private static async Task<T> BoundedAsync<T>(HttpContext context, int bytesMax, Func<Stream, Task<T>> read)
    {
        if (context.Request.ContentLength > bytesMax)
        {
            throw new BodySizeException(bytesMax);
        }

        IHttpMaxRequestBodySizeFeature? size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false })
        {
            size.MaxRequestBodySize = bytesMax;
        }

        try
        {
            return await read(context.Request.Body);
        }
        catch (BadHttpRequestException broken) when (broken.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new BodySizeException(bytesMax);
        }
    }
}
