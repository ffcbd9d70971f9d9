using System.Diagnostics;

namespace Ledger.Benchmarks.Load;

/// <summary>
/// Operations begin at a stated rate, equally spaced, whatever has been answered. Latency counts from the intended
/// begin: an operation that finds no place waits, and its wait is measured.
/// </summary>
public sealed class OpenLoop : ILoadPattern
{
    /// <summary>
    /// Operations under way. With more than a node answers on one stream, it is the stream that would be measured.
    /// </summary>
    public const int UnderWayMax = Ledger.Node.Api.ApiLimits.StreamWaitingMax;

    private readonly IReadOnlyList<ILoadClient> clients;
    private readonly double perSecond;

    /// <summary>A rate over some clients, each of which may have many operations under way.</summary>
    public OpenLoop(IReadOnlyList<ILoadClient> clients, double perSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        this.clients = clients;
        this.perSecond = perSecond;
    }

    /// <summary>When the operation of a number is meant to begin.</summary>
    public static long IntendedAt(long start, long number, double perSecond) =>
        start + (long)(number / perSecond * Stopwatch.Frequency);

    /// <inheritdoc/>
    public async Task RunAsync(SampleBook book, CancellationToken stop, CancellationToken cancellation)
    {
        using CancellationTokenSource failing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using SemaphoreSlim places = new(UnderWayMax, UnderWayMax);
        Flight flight = new(book, places, failing);
        long start = Stopwatch.GetTimestamp();
        for (long number = 0; !stop.IsCancellationRequested && !flight.IsOver; number++)
        {
            long intended = IntendedAt(start, number, perSecond);
            await UntilAsync(intended, failing.Token);
            await places.WaitAsync(failing.Token);
            int place = (int)(number % clients.Count);
            flight.Begin(clients[place], place, intended);
        }

        // All places free again: everything has been answered.
        for (int place = 0; place < UnderWayMax; place++)
        {
            await places.WaitAsync(cancellation);
        }

        flight.RequireWhole();
    }

    // The timer's grain is a millisecond: what is due within it begins together, and counts from when it was due.
    private static async Task UntilAsync(long intended, CancellationToken cancellation)
    {
        while (Stopwatch.GetTimestamp() is long now && now < intended)
        {
            await Task.Delay(
                TimeSpan.FromMilliseconds(Math.Max(1, Stopwatch.GetElapsedTime(now, intended).TotalMilliseconds)),
                cancellation);
        }
    }

    // What is under way, and whether one of it has failed or nothing is left.
    private sealed class Flight(SampleBook book, SemaphoreSlim places, CancellationTokenSource failing)
    {
        private Exception? failure;
        private bool isExhausted;

        public bool IsOver => Volatile.Read(ref isExhausted) || Volatile.Read(ref failure) is not null;

        public void Begin(ILoadClient client, int place, long intended) => _ = FlyAsync(client, place, intended);

        public void RequireWhole()
        {
            if (failure is not null)
            {
                throw new BenchmarkException($"An operation failed, so the run ended: {failure.Message}");
            }
        }

        private async Task FlyAsync(ILoadClient client, int place, long intended)
        {
            try
            {
                LoadAnswer answer = await client.PerformAsync(failing.Token);
                if (answer.End == LoadEnd.Exhausted)
                {
                    Volatile.Write(ref isExhausted, true);
                }
                else
                {
                    book.Add(place, intended, answer);
                }
            }
            catch (Exception problem)
            {
                // Told when all that is under way has come back.
                Interlocked.CompareExchange(ref failure, problem, null);
                await failing.CancelAsync();
            }
            finally
            {
                places.Release();
            }
        }
    }
}
