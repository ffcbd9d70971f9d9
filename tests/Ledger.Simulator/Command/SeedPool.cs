using System.Collections.Concurrent;

namespace Ledger.Simulator.Command;

/// <summary>
/// Runs seeds on some threads, one seed on one thread at a time, and hands the outcomes out in order.
/// </summary>
public sealed class SeedPool(SeedRunner runner, int jobs)
{
    private const int PollMs = 200;

    private readonly SortedDictionary<ulong, SeedOutcome> early = [];
    private long taken;
    private volatile bool stopped;

    /// <summary>Lets the seeds that run come to their end, and begins no more.</summary>
    public void Stop() => stopped = true;

    /// <summary>
    /// Runs seeds <paramref name="from"/> to before <paramref name="end"/>; <paramref name="idle"/> is called now and
    /// then. All calls come on the caller's thread.
    /// </summary>
    public void Run(ulong from, ulong end, Action<SeedOutcome> done, Action idle)
    {
        using BlockingCollection<SeedOutcome> finished = [];
        taken = (long)from - 1;
        Thread[] workers = [.. Enumerable.Range(0, jobs).Select(_ => new Thread(() => Work(end, finished)))];
        Array.ForEach(workers, worker => worker.Start());
        ulong next = from;
        while (next < end)
        {
            bool over = !Array.Exists(workers, worker => worker.IsAlive);
            if (finished.TryTake(out SeedOutcome? outcome, PollMs))
            {
                early.Add(outcome.Seed, outcome);
            }
            else if (over)
            {
                break;
            }

            while (early.Remove(next, out SeedOutcome? inOrder))
            {
                done(inOrder);
                next++;
            }

            idle();
        }

        Array.ForEach(workers, worker => worker.Join());
    }

    private void Work(ulong end, BlockingCollection<SeedOutcome> finished)
    {
        while (!stopped && (ulong)Interlocked.Increment(ref taken) is ulong seed && seed < end)
        {
            finished.Add(runner.Run(seed, null));
        }
    }
}
