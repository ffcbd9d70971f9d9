using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ledger.Node.Peers;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Reads;

/// <summary>
/// A connection that sends prepared bytes and reads the answer's bytes, over HTTP/2 with TLS. It makes nothing of
/// them, so that a node and a bare web server are asked at the same cost.
/// </summary>
public sealed class RawCaller : IDisposable
{
    private const string GrpcStatus = "grpc-status";

    private static readonly MediaTypeHeaderValue Content = new("application/grpc");

    private readonly HttpClient http;

    /// <summary>Prepares a connection to a server with this TLS key.</summary>
    public RawCaller(Uri server, Hash256 tlsPin)
    {
        http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => IsPinned(certificate, tlsPin),
            },
        })
        {
            BaseAddress = server,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <summary>
    /// Calls and reads the whole answer. Fails with <see cref="BenchmarkException"/> where the server says that it did
    /// not do what was asked.
    /// </summary>
    public async Task<byte[]> CallAsync(RawRequest request, CancellationToken cancellation)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, request.Path);
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        foreach ((string name, string value) in request.Headers)
        {
            message.Headers.Add(name, value);
        }

        message.Content = new ByteArrayContent(request.Body);
        message.Content.Headers.ContentType = Content;
        message.Version = HttpVersion.Version20;
        using HttpResponseMessage answer = await SendAsync(message, cancellation);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        string? refusal = StatusOf(answer);
        return answer.StatusCode == HttpStatusCode.OK && refusal is null or "0"
            ? bytes
            : throw new BenchmarkException(
                $"The server did not answer {request.Path}: HTTP {(int)answer.StatusCode}, gRPC {refusal}.");
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // With the whole answer, so that a connection that breaks within it is told here too.
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellation);
        }
        catch (HttpRequestException problem)
        {
            throw new BenchmarkException($"{http.BaseAddress} does not answer any more: {problem.Message}");
        }
    }

    // An answer without a body has its status among the headers. A bare web server has none.
    private static string? StatusOf(HttpResponseMessage answer) =>
        answer.TrailingHeaders.TryGetValues(GrpcStatus, out IEnumerable<string>? trailing) ? trailing.First()
        : answer.Headers.TryGetValues(GrpcStatus, out IEnumerable<string>? leading) ? leading.First()
        : null;

    private static bool IsPinned(X509Certificate? certificate, Hash256 tlsPin)
    {
        using X509Certificate2? shown = certificate is null ? null : new X509Certificate2(certificate);
        return shown is not null && TlsIdentity.HashOf(shown) == tlsPin;
    }
}
