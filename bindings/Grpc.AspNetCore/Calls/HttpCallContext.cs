using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>A call over an HTTP request.</summary>
internal sealed class HttpCallContext(HttpContext http, IMethod method)
    : ServerCallContext, IServerCallContextFeature, IDisposable
{
    /// <summary>A later deadline is left to the client: the system's timers do not reach further.</summary>
    private static readonly TimeSpan timerPeriodMax = TimeSpan.FromDays(24);

    private CancellationTokenSource? cancellation;
    private DateTime deadline = DateTime.MaxValue;
    private Metadata? requestHeaders;
    private Metadata? responseTrailers;
    private AuthContext? authContext;
    private Status status = Status.DefaultSuccess;
    private bool hasSentHeaders;

    internal HttpContext HttpContext => http;

    /// <summary>Whether a message was written, so that the outcome has to go into trailers behind it.</summary>
    internal bool HasMessages { get; private set; }

    /// <summary>Whether the stream ended under a read or a write.</summary>
    internal bool IsClientGone { get; private set; }

    internal bool IsDeadlineExceeded =>
        cancellation is { IsCancellationRequested: true } && !http.RequestAborted.IsCancellationRequested;

    ServerCallContext IServerCallContextFeature.ServerCallContext => this;

    protected override string MethodCore => method.FullName;

    protected override string HostCore => http.Request.Host.Value ?? string.Empty;

    protected override string PeerCore
    {
        get
        {
            var address = http.Connection.RemoteIpAddress;
            var port = http.Connection.RemotePort;
            return address switch
            {
                null => "unknown",
                { AddressFamily: AddressFamily.InterNetwork } =>
                    string.Create(CultureInfo.InvariantCulture, $"ipv4:{address}:{port}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"ipv6:[{address}]:{port}"),
            };
        }
    }

    protected override DateTime DeadlineCore => deadline;

    protected override Metadata RequestHeadersCore => requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore => cancellation?.Token ?? http.RequestAborted;

    protected override Metadata ResponseTrailersCore => responseTrailers ??= [];

    protected override Status StatusCore
    {
        get => status;
        set => status = value;
    }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore =>
        authContext ??= PeerIdentity.Of(http.Connection.ClientCertificate);

    /// <summary>The stream of the call ended before the call did.</summary>
    internal void NoteClientGone() => IsClientGone = true;

    /// <summary>Begins to watch the client's deadline.</summary>
    internal void Begin()
    {
        string? header = http.Request.Headers[WireNames.Timeout];
        if (header is null)
        {
            return;
        }

        if (!TimeoutCoding.TryDecode(header, out var timeout))
        {
            throw new RpcException(new Status(StatusCode.Internal, $"The grpc-timeout '{header}' is malformed."));
        }

        var now = DateTime.UtcNow;
        deadline = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        if (timeout <= timerPeriodMax)
        {
            cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            cancellation.CancelAfter(timeout);
        }
    }

    /// <summary>Puts bytes into the body; they leave with the next flush or with the end of the call.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        HasMessages = true;
        http.Response.BodyWriter.Write(bytes);
    }

    /// <summary>Sends what was written, and the headers if they are not sent yet.</summary>
    internal async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        using var either = cancellationToken.CanBeCanceled && cancellationToken != CancellationToken
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, CancellationToken)
            : null;
        var flushed = await http.Response.BodyWriter.FlushAsync(either?.Token ?? CancellationToken)
            .ConfigureAwait(false);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            NoteClientGone();
            throw new OperationCanceledException("The client ended the call.");
        }
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (hasSentHeaders || HasMessages || http.Response.HasStarted)
        {
            throw new InvalidOperationException("Response headers can only be sent once per call.");
        }

        hasSentHeaders = true;
        StatusHeaders.Write(http.Response.Headers, responseHeaders);
        await FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotImplementedException(
            "A call over HTTP has no propagation token: pass Deadline and CancellationToken on instead.");

    /// <summary>
    /// Writes the outcome: behind the messages as trailers or, if nothing was sent yet, as the only headers.
    /// </summary>
    internal void End()
    {
        var isBehindHeaders = HasMessages || http.Response.HasStarted;
        var headers = isBehindHeaders
            ? http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers
            : http.Response.Headers;
        StatusHeaders.Write(headers, status, responseTrailers ?? Metadata.Empty);
    }

    public void Dispose() => cancellation?.Dispose();

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (key, values) in http.Request.Headers)
        {
            foreach (var value in values)
            {
                MetadataCoding.Append(metadata, key, value ?? string.Empty);
            }
        }

        return metadata;
    }
}
