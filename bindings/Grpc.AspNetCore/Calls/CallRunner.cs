using Grpc.Core;
using Grpc.Net.Client.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Runs a call from the HTTP request to the outcome.</summary>
internal sealed partial class CallRunner(GrpcServiceOptions options, ILogger logger)
{
    private const string HandlerFailed = "Exception was thrown by handler.";

    internal int SendBytesMax { get; } = options.MaxSendMessageSize ?? int.MaxValue;

    internal int ReceiveBytesMax { get; } = options.MaxReceiveMessageSize ?? int.MaxValue;

    /// <summary>Answers a call without handling it, with headers alone.</summary>
    internal static Task RefuseAsync(HttpContext http, Status status)
    {
        http.Response.ContentType = WireNames.ContentType;
        StatusHeaders.Write(http.Response.Headers, status, Metadata.Empty);
        return Task.CompletedTask;
    }

    internal async Task RunAsync(HttpContext http, IMethod method, Func<HttpCallContext, Task> handler)
    {
        if (!IsAcceptable(http))
        {
            return;
        }

        if (method.Type is MethodType.ClientStreaming or MethodType.DuplexStreaming)
        {
            LiftTransportLimits(http);
        }

        http.Response.ContentType = WireNames.ContentType;
        using var context = new HttpCallContext(http, method);
        http.Features.Set<IServerCallContextFeature>(context);
        try
        {
            RequireSupportedEncoding(http);
            context.Begin();
            await handler(context).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The edge of the program: whatever a handler throws is an outcome of its call.
            Fail(context, exception);
        }

        if (context.IsDeadlineExceeded)
        {
            context.Status = new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded");
        }

        EndCall(context);
    }

    private static void EndCall(HttpCallContext context)
    {
        try
        {
            context.End();
        }
        catch (RpcException unsendable)
        {
            context.ResponseTrailers.Clear();
            context.Status = unsendable.Status;
            context.End();
        }
    }

    private void Fail(HttpCallContext context, Exception exception)
    {
        switch (exception)
        {
            case RpcException rpc:
                foreach (var entry in rpc.Trailers)
                {
                    context.ResponseTrailers.Add(entry);
                }

                context.Status = rpc.Status;
                break;
            case var _ when context.CancellationToken.IsCancellationRequested || context.IsClientGone:
                LogClientGone(context.Method, exception.Message);
                context.Status = new Status(StatusCode.Cancelled, "The client ended the call.");
                break;
            default:
                LogHandlerFailed(context.Method, exception);
                context.Status = new Status(StatusCode.Unknown, Describe(exception));
                break;
        }
    }

    private string Describe(Exception exception)
    {
        if (options.EnableDetailedErrors != true)
        {
            return HandlerFailed;
        }

        var detail = HandlerFailed;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            detail += $" {cause.GetType().Name}: {cause.Message}";
        }

        return detail;
    }

    private static bool IsAcceptable(HttpContext http)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            Refuse(
                http,
                StatusCodes.Status426UpgradeRequired,
                StatusCode.Internal,
                $"Request protocol '{http.Request.Protocol}' is not supported.");
            http.Response.Headers.Upgrade = HttpProtocol.Http2;
            return false;
        }

        if (!WireNames.IsGrpc(http.Request.ContentType))
        {
            Refuse(
                http,
                StatusCodes.Status415UnsupportedMediaType,
                StatusCode.InvalidArgument,
                $"Content-Type '{http.Request.ContentType}' is not supported.");
            return false;
        }

        return true;
    }

    private static void Refuse(HttpContext http, int httpStatus, StatusCode code, string detail)
    {
        http.Response.StatusCode = httpStatus;
        StatusHeaders.Write(http.Response.Headers, new Status(code, detail), Metadata.Empty);
    }

    // A stream may rest for hours and carry any number of bytes: messages have their own limits.
    private static void LiftTransportLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } dataRate)
        {
            dataRate.MinDataRate = null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize)
        {
            bodySize.MaxRequestBodySize = null;
        }
    }

    private static void RequireSupportedEncoding(HttpContext http)
    {
        string? encoding = http.Request.Headers[WireNames.Encoding];
        if (encoding is not (null or WireNames.Identity))
        {
            http.Response.Headers.Append(WireNames.AcceptEncoding, WireNames.Identity);
            throw FrameReader.UnsupportedEncoding(encoding);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A call of {Method} ended before its handler: {Reason}")]
    private partial void LogClientGone(string method, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of {Method} failed.")]
    private partial void LogHandlerFailed(string method, Exception exception);
}
