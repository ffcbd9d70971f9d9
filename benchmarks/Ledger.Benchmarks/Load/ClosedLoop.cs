using System.Diagnostics;

namespace Ledger.Benchmarks.Load;

/// <summary>
/// Each client begins an operation when its last one has been answered: so many are under way at all times. An
/// operation is meant to begin at that moment, so its latency counts from there.
/// </summary>
public sealed class ClosedLoop(IReadOnlyList<ILoadClient> clients) : ILoadPattern
{
    /// <inheritdoc/>
    public async Task RunAsync(SampleBook book, CancellationToken stop, CancellationToken cancellation)
    {
        using CancellationTokenSource failing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(clients.Select((client, place) =>
            Task.Run(() => GuardAsync(client, place, book, stop, failing), CancellationToken.None)));
    }

    // One client that fails ends the others: a run without one of its clients is another run.
    private static async Task GuardAsync(
        ILoadClient client, int place, SampleBook book, CancellationToken stop, CancellationTokenSource failing)
    {
        try
        {
            await RepeatAsync(client, place, book, stop, failing.Token);
        }
        catch
        {
            await failing.CancelAsync();
            throw;
        }
    }

    private static async Task RepeatAsync(
        ILoadClient client, int place, SampleBook book, CancellationToken stop, CancellationToken cancellation)
    {
        while (!stop.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            long intended = Stopwatch.GetTimestamp();
            LoadAnswer answer = await client.PerformAsync(cancellation);
            if (answer.End == LoadEnd.Exhausted)
            {
                return;
            }

            book.Add(place, intended, answer);
        }
    }
}
