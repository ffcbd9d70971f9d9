using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Reads;

/// <summary>Clients that read from one server in a closed loop.</summary>
public static class ReadLoad
{
    /// <summary>Runs them.</summary>
    public static async Task<LoadRound<UsageSnapshot>> RunAsync(
        ReadTarget target, int clients, LoadTimes times, ulong seed, CancellationToken interrupt,
        CancellationToken cancellation)
    {
        RawCaller[] callers = [.. Enumerable.Range(0, HostCapacity.ConnectionsOf(clients))
            .Select(_ => new RawCaller(target.Address, target.TlsPin))];
        try
        {
            ClosedLoop pattern = new([.. Enumerable.Range(0, clients).Select(place => new RawReader(
                callers[place % callers.Length], target.Requests, target.AnswerBytesMin,
                unchecked(seed + (ulong)place)))]);
            return await LoadRound<UsageSnapshot>.RunAsync(
                pattern, clients, times, () => Task.FromResult(UsageSnapshot.Take([target.ProcessId])), interrupt,
                cancellation);
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
