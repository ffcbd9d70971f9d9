using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ledger.Node.Records;

/// <summary>
/// What every record endpoint does around its work: who is asking, how often, how much, and which version.
/// </summary>
internal sealed class XapiEdge
{
    private readonly BasicCredentials credentials;
    private readonly XapiVersion assumed;
    private readonly RequestLimits limits;
    private readonly RequestRates rates;
    private readonly RequestGuard guard;
    private readonly Func<bool> hasRoom;

    public XapiEdge(BasicCredentials credentials, XapiOptions options, RequestRates rates, RequestGuard guard)
    {
        this.credentials = credentials;
        assumed = options.AssumedVersion;
        limits = options.Limits;
        this.rates = rates;
        this.guard = guard;
        hasRoom = options.HasRoom;
    }

    /// <summary>Answers a request of xAPI; the work gets it with the caller and the version.</summary>
    public async Task AnswerXapiAsync(HttpContext context, Func<XapiRequest, CancellationToken, Task<XapiAnswer>> work)
    {
        SetVersion(context, VersionOf(context.Request.Headers[XapiVersions.Header]) ?? assumed);
        bool isForm = RequestReader.IsForm(context.Request);
        await AnswerAsync(context, isForm, async request =>
        {
            string? named = request.Header(XapiVersions.Header);
            if (VersionOf(named) is not { } version)
            {
                return WrongVersion(named);
            }

            SetVersion(context, version);
            if (version != XapiVersion.V1 && isForm)
            {
                return XapiAnswer.Error(
                    StatusCodes.Status400BadRequest,
                    "Requests written as forms ended with xAPI 1.0.3: send the method itself.", "?method", "method");
            }

            return await work(request with { Version = version }, context.RequestAborted);
        });
    }

    /// <summary>Tells the versions; the one answer that needs neither credentials nor a version.</summary>
    public Task AnswerAboutAsync(HttpContext context)
    {
        XapiVersion version = VersionOf(context.Request.Headers[XapiVersions.Header]) ?? assumed;
        SetVersion(context, version);
        string first = XapiVersions.Text(XapiVersion.V1);
        // A client of the first version knows no other, and may take one that it does not know for a fault.
        string versions =
            version == XapiVersion.V1 ? $"\"{first}\"" : $"\"{first}\",\"{XapiVersions.Text(XapiVersion.V2)}\"";
        XapiAnswer answer = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? XapiAnswer.Ok(System.Text.Encoding.UTF8.GetBytes($"{{\"version\":[{versions}]}}"))
            : NoSuchMethod(context.Request.Method, "GET", "HEAD");
        return answer.SendAsync(context);
    }

    /// <summary>Answers any request of a caller who is known; a form may say inside who that is.</summary>
    public async Task AnswerAsync(HttpContext context, bool isForm, Func<XapiRequest, Task<XapiAnswer>> work)
    {
        XapiAnswer answer = await guard.AnswerAsync(async () =>
        {
            bool isKnown = credentials.TryIdentify(context.Request.Headers.Authorization, out XapiCredential? named);
            if (Count(context, named) is { } wait)
            {
                return TooMany(context, wait);
            }

            // Whoever is not known must not make the node read a long body; the beginning of a form may say who it is.
            if (!isKnown && !isForm)
            {
                return Unauthorised(context);
            }

            int bytesMax = limits.BytesOf(context.Request, isForm ? null : named);
            XapiRequest? request = isKnown
                ? await RequestReader.ReadAsync(context, bytesMax, isForm)
                : await RequestReader.ReadStrangersFormAsync(
                    context, bytesMax, header => credentials.TryIdentify(header, out _));
            if (request is null)
            {
                return Unauthorised(context);
            }

            if (!isForm)
            {
                return await WorkAsync(request with { Caller = named! }, work);
            }

            return credentials.TryIdentify(request.Header(HeaderNames.Authorization), out XapiCredential? caller)
                ? caller != named && rates.Count(caller) is { } callersWait
                    ? TooMany(context, callersWait)
                    : await WorkAsync(request with { Caller = caller }, work)
                : Unauthorised(context);
        });
        await answer.SendAsync(context);
    }

    // What is there can be read and removed while the disk is nearly full.
    private Task<XapiAnswer> WorkAsync(XapiRequest request, Func<XapiRequest, Task<XapiAnswer>> work) =>
        request.Method is "PUT" or "POST" && !hasRoom()
            ? Task.FromResult(XapiAnswer.Error(
                StatusCodes.Status503ServiceUnavailable,
                "The store has no room now. Nothing was stored. Send again later.",
                "",
                "store"))
            : work(request);

    private TimeSpan? Count(HttpContext context, XapiCredential? caller) =>
        caller is null ? rates.Count(context.Connection.RemoteIpAddress) : rates.Count(caller);

    /// <summary>The refusal of a method that a resource does not have, with those that it has.</summary>
    public static XapiAnswer NoSuchMethod(string method, params IReadOnlyList<string> allowed) => XapiAnswer.Error(
        StatusCodes.Status405MethodNotAllowed, $"This resource has no method {method}.", "", "method") with
    {
        Allow = string.Join(", ", allowed),
    };

    /// <summary>The refusal of what the caller's scopes do not hold.</summary>
    public static XapiAnswer Forbidden(string scope) => XapiAnswer.Error(
        StatusCodes.Status403Forbidden, $"This credential lacks the scope {scope}.", "", "scope");

    private static XapiAnswer Unauthorised(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"learning records\", charset=\"UTF-8\"";
        return XapiAnswer.Error(
            StatusCodes.Status401Unauthorized, "Name and secret of a registered tool are needed.", "", "credentials");
    }

    private static XapiAnswer TooMany(HttpContext context, TimeSpan wait)
    {
        long seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return XapiAnswer.Error(
            StatusCodes.Status429TooManyRequests,
            "There are too many requests. Nothing was stored. Send again after the time in Retry-After.",
            "",
            "rate");
    }

    private static XapiVersion? VersionOf(string? header) =>
        header is not null && XapiVersions.TryRead(header, out XapiVersion version) ? version : null;

    private static void SetVersion(HttpContext context, XapiVersion version) =>
        context.Response.Headers[XapiVersions.Header] = XapiVersions.Text(version);

    private XapiAnswer WrongVersion(string? named)
    {
        string example = XapiVersions.Text(assumed);
        return XapiAnswer.Error(
            StatusCodes.Status400BadRequest,
            named is null
                ? $"The header {XapiVersions.Header} is missing: send {XapiVersions.Header}: {example}."
                : $"Version '{named}' is not supported: send {XapiVersions.Header}: {example}.",
            "",
            "version");
    }
}
