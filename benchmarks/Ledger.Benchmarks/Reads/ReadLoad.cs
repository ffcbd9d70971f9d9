using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Reads;

/// <summary>Clients that read from one server in a closed loop.</summary>
public static class ReadLoad
{
    /// <summary>Runs them.</summary>
    /// <typeparam name="T">What is observed at both ends.</typeparam>
    /// <param name="target">The server.</param>
    /// <param name="clients">Clients.</param>
    /// <param name="times">Phases.</param>
    /// <param name="seed">Decides what is asked when.</param>
    /// <param name="observe">Reads the counters.</param>
    /// <param name="interrupt">The user's.</param>
    /// <param name="cancellation">Is cancelled when a node has ended.</param>
    public static async Task<LoadRound<T>> RunAsync<T>(
        ReadTarget target, int clients, LoadTimes times, ulong seed, Func<Task<T>> observe,
        CancellationToken interrupt, CancellationToken cancellation)
    {
        RawCaller[] callers = [.. Enumerable.Range(0, HostCapacity.ConnectionsOf(clients))
            .Select(_ => new RawCaller(target.Address, target.TlsPin))];
        try
        {
            ClosedLoop pattern = new([.. Enumerable.Range(0, clients).Select(place => new RawReader(
                callers[place % callers.Length], target.Requests, target.AnswerBytesMin,
                unchecked(seed + (ulong)place)))]);
            return await LoadRound<T>.RunAsync(pattern, clients, times, observe, interrupt, cancellation);
        }
        finally
        {
            foreach (RawCaller caller in callers)
            {
                caller.Dispose();
            }
        }
    }
}
