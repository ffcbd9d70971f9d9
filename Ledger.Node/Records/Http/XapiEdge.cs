using System.Data.Common;
using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Records;

/// <summary>
/// What every record endpoint does around its work: who is asking, which version, and an answer without inner details
/// whatever happens.
/// </summary>
internal sealed partial class XapiEdge
{
    private readonly BasicCredentials credentials;
    private readonly XapiVersion assumed;
    private readonly ILogger log;

    public XapiEdge(BasicCredentials credentials, XapiVersion assumed, ILogger log)
    {
        this.credentials = credentials;
        this.assumed = assumed;
        this.log = log;
    }

    /// <summary>Answers a request of xAPI; the work gets it with the caller and the version.</summary>
    public async Task AnswerXapiAsync(HttpContext context, Func<XapiRequest, CancellationToken, Task<XapiAnswer>> work)
    {
        SetVersion(context, VersionOf(context.Request.Headers[XapiVersions.Header]) ?? assumed);
        await AnswerAsync(context, async request =>
        {
            string? named = request.Header(XapiVersions.Header);
            if (VersionOf(named) is not { } version)
            {
                return WrongVersion(named);
            }

            SetVersion(context, version);
            if (version != XapiVersion.V1 && RequestReader.IsForm(context.Request))
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
            : NoSuchMethod(context.Request.Method);
        return answer.SendAsync(context);
    }

    /// <summary>Answers any request of a caller who is known.</summary>
    public async Task AnswerAsync(HttpContext context, Func<XapiRequest, Task<XapiAnswer>> work)
    {
        XapiAnswer answer = await GuardAsync(context, async () =>
        {
            // Whoever is not known must not make the node read a long body, unless the body may say who it is.
            if (!credentials.TryIdentify(context.Request.Headers.Authorization, out _)
                && !RequestReader.IsForm(context.Request))
            {
                return Unauthorised(context);
            }

            XapiRequest request = await RequestReader.ReadAsync(context);
            return credentials.TryIdentify(
                request.Header(Microsoft.Net.Http.Headers.HeaderNames.Authorization), out XapiCredential? caller)
                ? await work(request with { Caller = caller })
                : Unauthorised(context);
        });
        await answer.SendAsync(context);
    }

    /// <summary>The refusal of a method that a resource does not have.</summary>
    public static XapiAnswer NoSuchMethod(string method) => XapiAnswer.Error(
        StatusCodes.Status405MethodNotAllowed, $"This resource has no method {method}.", "", "method");

    /// <summary>The refusal of what the caller's scopes do not hold.</summary>
    public static XapiAnswer Forbidden(string scope) => XapiAnswer.Error(
        StatusCodes.Status403Forbidden, $"This credential lacks the scope {scope}.", "", "scope");

    private static XapiAnswer Unauthorised(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"learning records\", charset=\"UTF-8\"";
        return XapiAnswer.Error(
            StatusCodes.Status401Unauthorized, "Name and secret of a registered tool are needed.", "", "credentials");
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

    /// <summary>
    /// The program's edge: what goes wrong inside is logged here, and the caller learns only that it did.
    /// </summary>
    private async Task<XapiAnswer> GuardAsync(HttpContext context, Func<Task<XapiAnswer>> work)
    {
        try
        {
            return await work();
        }
        catch (RecordFormatException refusal)
        {
            return XapiAnswer.Error(refusal);
        }
        catch (OptedOutException refusal)
        {
            return XapiAnswer.Error(
                StatusCodes.Status403Forbidden, refusal.Message, refusal.Path, OptedOutException.Rule);
        }
        catch (BadHttpRequestException broken) when (broken.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return RequestBody.TooLarge(RequestReader.BytesMax(context.Request));
        }
        catch (BadHttpRequestException broken)
        {
            return XapiAnswer.Error(broken.StatusCode, "The request is not complete.", "", "http");
        }
        catch (Exception failure) when (failure is DbException or RecordStoreException)
        {
            StoreFailed(failure);
            return XapiAnswer.Error(
                StatusCodes.Status503ServiceUnavailable,
                "The record store cannot be used now. Send again later.",
                "",
                "store");
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or Primitives.InvariantException))
        {
            RequestFailed(failure);
            return XapiAnswer.Error(
                StatusCodes.Status500InternalServerError, "An internal error occurred.", "", "internal");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The record store failed.")]
    private partial void StoreFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A record request failed.")]
    private partial void RequestFailed(Exception failure);
}
