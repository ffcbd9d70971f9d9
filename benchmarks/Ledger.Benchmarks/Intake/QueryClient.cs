using System.Diagnostics;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;

namespace Ledger.Benchmarks.Intake;

/// <summary>A client that asks prepared queries in a random order, and requires that each finds something.</summary>
public sealed class QueryClient(HttpClient http, IReadOnlyList<string> queries, ulong seed) : ILoadClient
{
    private ulong asked;

    /// <inheritdoc/>
    public async ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation)
    {
        int place = Draws.Below(Draws.Bytes(seed, asked++, 0), 0, queries.Count);
        byte[] answer = await http.GetByteArrayAsync(queries[place], cancellation);
        long now = Stopwatch.GetTimestamp();
        return answer.AsSpan().StartsWith("{\"statements\":[{"u8)
            ? new LoadAnswer(LoadEnd.Done, now, 1, 0)
            : throw new BenchmarkException($"A query of what is there found nothing: {queries[place]}");
    }
}
