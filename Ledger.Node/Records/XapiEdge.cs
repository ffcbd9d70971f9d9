using Ledger.Client.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Records;

/// <summary>
/// What every record endpoint does around its work: who is asking, which version, and an answer without inner details
/// whatever happens.
/// </summary>
internal sealed partial class XapiEdge
{
    /// <summary>The version of xAPI that this store speaks.</summary>
    public const string Version = "1.0.3";

    private const string VersionHeader = "X-Experience-API-Version";

    private readonly BasicCredentials credentials;
    private readonly ILogger log;

    public XapiEdge(BasicCredentials credentials, ILogger log)
    {
        this.credentials = credentials;
        this.log = log;
    }

    /// <summary>Answers an xAPI request; the work gets the caller's name.</summary>
    public Task AnswerXapiAsync(HttpContext context, Func<HttpContext, string, Task<XapiAnswer>> work)
    {
        context.Response.Headers[VersionHeader] = Version;
        return AnswerAsync(context, (inner, caller) => WrongVersion(inner) is { } refusal
            ? Task.FromResult(refusal)
            : work(inner, caller));
    }

    /// <summary>Answers any request of a caller who is known.</summary>
    public async Task AnswerAsync(HttpContext context, Func<HttpContext, string, Task<XapiAnswer>> work)
    {
        if (!credentials.TryIdentify(context.Request.Headers.Authorization, out string? caller))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"learning records\", charset=\"UTF-8\"";
            await Unauthorised().SendAsync(context);
            return;
        }

        XapiAnswer answer = await GuardAsync(context, caller, work);
        await answer.SendAsync(context);
    }

    private static XapiAnswer Unauthorised() => XapiAnswer.Error(
        StatusCodes.Status401Unauthorized, "Name and secret of a registered tool are needed.", "", "credentials");

    private static XapiAnswer? WrongVersion(HttpContext context)
    {
        string? version = context.Request.Headers[VersionHeader];
        return version is not null && XapiRules.IsSupportedVersion(version)
            ? null
            : XapiAnswer.Error(
                StatusCodes.Status400BadRequest,
                version is null
                    ? $"The header {VersionHeader} is missing: send {VersionHeader}: {Version}."
                    : $"Version '{version}' is not supported: send {VersionHeader}: {Version}.",
                "",
                "version");
    }

    /// <summary>
    /// The program's edge: what goes wrong inside is logged here, and the caller learns only that it did.
    /// </summary>
    private async Task<XapiAnswer> GuardAsync(
        HttpContext context, string caller, Func<HttpContext, string, Task<XapiAnswer>> work)
    {
        try
        {
            return await work(context, caller);
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
            return RequestBody.TooLarge();
        }
        catch (BadHttpRequestException broken)
        {
            return XapiAnswer.Error(broken.StatusCode, "The request is not complete.", "", "http");
        }
        catch (SqliteException failure)
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
