using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using Ledger.Client.Keys;
using Ledger.Client.Notices;
using Ledger.Primitives;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Ledger.Node.Notices;

/// <summary>
/// Posts notices to addresses of https that learners chose, signed by the institution's key. The address that a name
/// stands for is looked at when the connection is made, so that a name cannot lead to this machine's own network; no
/// redirect is followed, and of an answer nothing but its status is read.
/// </summary>
public sealed class WebhookSender : INoticeSender, IDisposable
{
    private readonly Hash256 chainId;
    private readonly SigningKey identity;
    private readonly bool privateAddresses;
    private readonly HttpClient http;
    private readonly ResiliencePipeline<HttpStatusCode> pipeline;

    /// <summary>Sends in the institution's name.</summary>
    /// <param name="chainId">The chain whose requests are told.</param>
    /// <param name="identity">The institution's key.</param>
    /// <param name="privateAddresses">Whether addresses that are not reached from everywhere may be called.</param>
    /// <param name="tls">How servers are checked; nothing set for the system's roots.</param>
    /// <param name="pace">How requests are repeated.</param>
    /// <param name="time">The clock.</param>
    public WebhookSender(
        Hash256 chainId,
        SigningKey identity,
        bool privateAddresses,
        SslClientAuthenticationOptions tls,
        NoticePace pace,
        TimeProvider time)
    {
        this.chainId = chainId;
        this.identity = identity;
        this.privateAddresses = privateAddresses;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
            SslOptions = tls,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        PredicateBuilder<HttpStatusCode> transient = new PredicateBuilder<HttpStatusCode>()
            .Handle<HttpRequestException>(static broken => broken.InnerException is not NoticeException)
            .Handle<IOException>()
            .Handle<TimeoutRejectedException>()
            .HandleResult(IsTransient);
        pipeline = new ResiliencePipelineBuilder<HttpStatusCode> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpStatusCode>
            {
                ShouldHandle = transient,
                MaxRetryAttempts = pace.Retries,
                Delay = pace.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddTimeout(pace.AttemptTime)
            .Build();
    }

    /// <inheritdoc/>
    public async Task SendAsync(Notice notice, string address, CancellationToken cancellation)
    {
        byte[] body = NoticeJson.Of(notice, chainId, identity.Address);
        string signature = NoticeMessages.Header(identity.Sign(NoticeMessages.SignedDigest(chainId, body)));
        try
        {
            HttpStatusCode status = await pipeline.ExecuteAsync(
                async token => await PostAsync(address, notice, body, signature, token), cancellation);
            if ((int)status is < 200 or >= 300)
            {
                throw new NoticeException(FormattableString.Invariant($"The webhook answered {(int)status}."));
            }
        }
        catch (HttpRequestException refused) when (refused.InnerException is NoticeException why)
        {
            throw why;
        }
        catch (TimeoutRejectedException late)
        {
            throw new NoticeException("The webhook did not answer in time.", late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or UriFormatException)
        {
            // The platform's own message names the address.
            string kind = broken is HttpRequestException request ? request.HttpRequestError.ToString() : "broken off";
            throw new NoticeException($"The webhook cannot be reached ({kind}).", broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static bool IsTransient(HttpStatusCode status) => (int)status is 408 or 429 or >= 500;

    private async Task<HttpStatusCode> PostAsync(
        string address, Notice notice, byte[] body, string signature, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(NoticeMessages.IdHeader, notice.Id.ToString("D"));
        request.Headers.Add(NoticeMessages.SignatureHeader, signature);
        using HttpResponseMessage answer =
            await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return answer.StatusCode;
    }

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        IPAddress[] found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        IPAddress[] allowed = privateAddresses ? found : Array.FindAll(found, PublicAddress.Is);
        if (allowed.Length == 0)
        {
            throw new NoticeException("The webhook is at an address that this node does not call.");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
