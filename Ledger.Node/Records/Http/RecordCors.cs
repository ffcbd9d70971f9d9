using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>
/// Lets pages of named origins call the endpoints out of a browser (CORS). Without a named origin nothing answers a
/// browser's question, and so no page may.
/// </summary>
public static class RecordCors
{
    /// <summary>A browser asks again after so long: by then it knows that the setting changed.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    private static readonly string[] Sent =
    [
        HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.AcceptLanguage, HeaderNames.IfMatch,
        HeaderNames.IfNoneMatch, XapiVersions.Header,
    ];

    private static readonly string[] Shown =
    [
        HeaderNames.ETag, HeaderNames.LastModified, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate,
        XapiVersions.Header, XapiEndpoint.ConsistentThroughHeader,
    ];

    /// <summary>Adds what it needs; before the application is built.</summary>
    public static void Add(IServiceCollection services) => services.AddCors();

    /// <summary>Allows these origins, and no others; after routing, before the endpoints.</summary>
    public static void Use(IApplicationBuilder application, IReadOnlyList<string> origins)
    {
        if (origins.Count == 0)
        {
            return;
        }

        // Name and secret stand in a header that the page sets; cookies are never sent along.
        application.UseCors(policy => policy
            .WithOrigins([.. origins])
            .WithMethods(Methods)
            .WithHeaders(Sent)
            .WithExposedHeaders(Shown)
            .SetPreflightMaxAge(Remembered));
    }

    /// <summary>Whether a text is an origin as browsers write it: scheme, host and port, and nothing after.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "https" or "http"
        && uri.GetLeftPart(UriPartial.Authority) == text;
}
