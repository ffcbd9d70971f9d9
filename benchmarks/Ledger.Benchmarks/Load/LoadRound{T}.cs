using System.Diagnostics;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Load;

/// <summary>One load from its warm-up to the last answer, with something observed at both ends of the window.</summary>
/// <typeparam name="T">What is observed: counters of nodes and processes.</typeparam>
/// <param name="Samples">Every operation, warm-up included.</param>
/// <param name="Window">What is counted.</param>
/// <param name="Before">Observed at its begin.</param>
/// <param name="After">Observed at its end.</param>
/// <param name="Standstill">The longest time that the load generator itself stood still in the window.</param>
/// <param name="IsPartial">Whether the user ended it early.</param>
public sealed record LoadRound<T>(
    IReadOnlyList<LoadSample> Samples, LoadWindow Window, T Before, T After, TimeSpan Standstill, bool IsPartial)
{
    /// <summary>Runs a load. An interrupt during the window ends it early; one before it ends the run.</summary>
    /// <param name="pattern">When operations begin.</param>
    /// <param name="clients">How many clients the pattern has.</param>
    /// <param name="times">Its phases.</param>
    /// <param name="observe">Reads the counters.</param>
    /// <param name="interrupt">The user's.</param>
    /// <param name="cancellation">Is cancelled when a node has ended: then all operations fail.</param>
    public static async Task<LoadRound<T>> RunAsync(
        ILoadPattern pattern,
        int clients,
        LoadTimes times,
        Func<Task<T>> observe,
        CancellationToken interrupt,
        CancellationToken cancellation)
    {
        using CancellationTokenSource stop = new();
        using CancellationTokenSource failing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using StandstillWatch standstill = new();
        SampleBook book = new(clients);
        Task running = pattern.RunAsync(book, stop.Token, failing.Token);
        try
        {
            await PassAsync(times.WarmUp, running, book, interrupt);
            interrupt.ThrowIfCancellationRequested();
            T before = await observe();
            standstill.Take();
            long begin = Stopwatch.GetTimestamp();
            await PassAsync(times.Measured, running, book, interrupt);
            long end = Stopwatch.GetTimestamp();
            TimeSpan stood = standstill.Take();
            T after = await observe();
            await stop.CancelAsync();
            await EndAsync(running);
            return new LoadRound<T>(
                book.Drain(), new LoadWindow(begin, end), before, after, stood, interrupt.IsCancellationRequested);
        }
        catch
        {
            // The clients must not go on with a connection that is closed next.
            await failing.CancelAsync();
            await Task.WhenAny(running);
            throw;
        }
    }

    // A load that ends by itself before its phase is over failed, or has nothing left to send: then the rest of the
    // window would count as time in which nothing was done.
    private static async Task PassAsync(
        TimeSpan span, Task running, SampleBook book, CancellationToken interrupt)
    {
        await Task.WhenAny(running, Task.Delay(span, interrupt));
        if (running.IsCompleted && !interrupt.IsCancellationRequested)
        {
            await running;
            IReadOnlyList<LoadSample> samples = book.Drain();
            throw new BenchmarkException(
                "What had been prepared was handed in before the time was over: of "
                + $"{samples.Count:N0} operations, {samples.Count(static sample => sample.IsRefused):N0} were refused "
                + "for lack of room. Nodes that refuse use it up, and so do those that are much faster than in the "
                + "round before. Use fewer clients, smaller batches, or fewer seconds.");
        }
    }

    // In short waits: a host that was suspended meanwhile has not been waited for.
    private static async Task EndAsync(Task running)
    {
        const int SecondsMax = 60;
        for (int second = 0; second < SecondsMax && !running.IsCompleted; second++)
        {
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        if (!running.IsCompleted)
        {
            throw new BenchmarkException(
                $"Some operations had no answer {SecondsMax} s after the last was begun. "
                + "Is the host overloaded? Use fewer clients or a lower rate.");
        }

        await running;
    }
}
