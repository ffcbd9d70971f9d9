using System.Diagnostics;
using Ledger.Benchmarks.Payload;

namespace Ledger.Benchmarks.Soak;

/// <summary>
/// Signs while a long run goes on, some seconds ahead: what was signed at its begin would have expired at its end. The
/// processors that this takes are the load generator's, and told as such.
/// </summary>
public sealed class RollingSupply : IAsyncDisposable
{
    /// <summary>Transactions for so long are ready; they are valid for 110 s.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(20);

    /// <summary>Signed at a time, so that nothing waits for the processors for long.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly Task signing;

    /// <summary>Fills a supply for a rate, and keeps it full.</summary>
    public RollingSupply(TransactionSupply supply, double perSecond)
    {
        supply.Renew((int)Math.Ceiling(perSecond * Ahead.TotalSeconds), stopping.Token);
        signing = Task.Run(() => SignAsync(supply, perSecond));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAny(signing);
        stopping.Dispose();
    }

    private async Task SignAsync(TransactionSupply supply, double perSecond)
    {
        int wanted = (int)Math.Ceiling(perSecond * Ahead.TotalSeconds);
        int step = (int)Math.Ceiling(perSecond * Step.TotalSeconds);
        while (!stopping.IsCancellationRequested)
        {
            long begun = Stopwatch.GetTimestamp();
            if (supply.Count < wanted)
            {
                supply.Add(step, stopping.Token);
            }

            // Faster than it is used, if need be: half of each step is for others.
            TimeSpan left = (Step / 2) - Stopwatch.GetElapsedTime(begun);
            await Task.WhenAny(Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, stopping.Token));
        }
    }
}
