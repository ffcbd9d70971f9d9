using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// The way to another store: requests that may be sent again, with a bound on each, a back-off between them, and a
/// circuit that opens when the store fails all the time. Redirects are not followed: credentials go where they were
/// meant to go.
/// </summary>
internal sealed class LinkHttp : IDisposable
{
    /// <summary>The longest answer: a page of a hundred records of the largest size.</summary>
    public const int AnswerBytesMax = 32 * 1024 * 1024;

    /// <summary>What is read of an answer at once.</summary>
    private const int PieceBytes = 64 * 1024;

    private const string ConsistentThroughHeader = "X-Experience-API-Consistent-Through";

    private readonly HttpClient http;
    private readonly CircuitBreakerStateProvider circuit = new();
    private readonly ResiliencePipeline<LinkAnswer> pipeline;

    public LinkHttp(LinkPace pace, TimeProvider time)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        http = new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        PredicateBuilder<LinkAnswer> transient = new PredicateBuilder<LinkAnswer>()
            .Handle<HttpRequestException>()
            .Handle<IOException>()
            .Handle<TimeoutRejectedException>()
            .HandleResult(static answer => answer.IsTransient);
        pipeline = new ResiliencePipelineBuilder<LinkAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<LinkAnswer>
            {
                ShouldHandle = transient,
                MaxRetryAttempts = pace.Retries,
                Delay = pace.RetryDelay,
                MaxDelay = pace.PauseMax,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = outcome => ValueTask.FromResult(
                    outcome.Outcome.Result?.RetryAfter is { } wanted && wanted < pace.PauseMax ? wanted
                        : (TimeSpan?)null),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<LinkAnswer>
            {
                ShouldHandle = transient,
                FailureRatio = 1,
                MinimumThroughput = pace.BreakAfter,
                SamplingDuration = pace.Sampling,
                BreakDuration = pace.BreakFor,
                StateProvider = circuit,
            })
            .AddTimeout(pace.AttemptTime)
            .Build();
    }

    /// <summary>Whether the circuit is open: nothing is sent for a while.</summary>
    public bool IsOpen => circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>
    /// Sends a request, which is made anew for each attempt. An answer may be a refusal; throws
    /// <see cref="LinkException"/> when there is none, or none but a transient one.
    /// </summary>
    public async Task<LinkAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        try
        {
            LinkAnswer answer = await pipeline.ExecuteAsync(
                async token => await AttemptAsync(make, token), cancellation);
            return answer.IsTransient ? throw answer.Failure() : answer;
        }
        catch (BrokenCircuitException open)
        {
            throw new LinkException(
                "The other store has failed so often that it is left alone for a while.", open);
        }
        catch (TimeoutRejectedException late)
        {
            throw new LinkException("The other store did not answer in time.", late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new LinkException($"The other store cannot be reached: {Reason(broken)}.", broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<LinkAnswer> AttemptAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using HttpRequestMessage request = make();
        using HttpResponseMessage answer =
            await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        byte[]? body = await BodyAsync(answer.Content, cancellation);
        DateTimeOffset? through = answer.Headers.TryGetValues(ConsistentThroughHeader, out IEnumerable<string>? times)
            && FieldRules.TryReadTime(times.First(), out DateTimeOffset time) ? time : null;
        return new LinkAnswer((int)answer.StatusCode, body ?? [], through, answer.Headers.RetryAfter?.Delta)
        {
            ContentType = answer.Content.Headers.ContentType?.ToString() ?? "",
            IsTooLong = body is null,
        };
    }

    // Null for a body that is longer than is read: no more of it than that is in memory.
    private static async Task<byte[]?> BodyAsync(HttpContent content, CancellationToken cancellation)
    {
        await using Stream stream = await content.ReadAsStreamAsync(cancellation);
        using MemoryStream body = new();
        byte[] piece = new byte[PieceBytes];
        while (await stream.ReadAsync(piece, cancellation) is > 0 and int length)
        {
            if (body.Length + length > AnswerBytesMax)
            {
                return null;
            }

            body.Write(piece, 0, length);
        }

        return body.ToArray();
    }

    // The platform's own messages may quote what the other store sent.
    private static string Reason(Exception broken) => (broken as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name is not known",
        HttpRequestError.ConnectionError => "there is no connection to it",
        HttpRequestError.SecureConnectionError => "its certificate is not trusted, or it speaks no TLS",
        HttpRequestError.InvalidResponse => "what it answers is no HTTP",
        _ => "the connection broke off",
    };
}
