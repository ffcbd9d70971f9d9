using System.Diagnostics;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;

namespace Ledger.Benchmarks.Reads;

/// <summary>
/// A client that asks prepared questions in a random order, and requires an answer of the usual size.
/// </summary>
public sealed class RawReader(RawCaller caller, IReadOnlyList<RawRequest> requests, int answerBytesMin, ulong seed)
    : ILoadClient
{
    private ulong asked;

    /// <inheritdoc/>
    public async ValueTask<LoadAnswer> PerformAsync(CancellationToken cancellation)
    {
        int place = Draws.Below(Draws.Bytes(seed, asked++, 0), 0, requests.Count);
        byte[] answer = await caller.CallAsync(requests[place], cancellation);
        long now = Stopwatch.GetTimestamp();
        return answer.Length >= answerBytesMin
            ? new LoadAnswer(LoadEnd.Done, now, 1, 0)
            : throw new BenchmarkException($"An answer has only {answer.Length} bytes, so it is none.");
    }
}
