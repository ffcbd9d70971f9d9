using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Intake;

/// <summary>A client that posts rendered bodies until none is left.</summary>
public sealed class BodyClient(HttpClient http, RenderedBodies bodies, string address) : ILoadClient
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <inheritdoc/>
    public async ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation)
    {
        if (bodies.Take() is not { } next)
        {
            return LoadAnswer.Nothing;
        }

        using ByteArrayContent content = new(next.Body);
        content.Headers.ContentType = Json;
        using HttpResponseMessage answer = await http.PostAsync(address, content, cancellation);
        string text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.StatusCode == HttpStatusCode.OK
            ? new LoadAnswer(LoadEnd.Done, Stopwatch.GetTimestamp(), next.Records, 0)
            : throw new BenchmarkException($"The record store answered {(int)answer.StatusCode}: {text}");
    }
}
