using System.Diagnostics;

namespace Ledger.Faults;

/// <summary>Waits for what other processes bring about, which nothing announces to this one.</summary>
public static class Waiting
{
    /// <summary>Takes seconds even on a busy machine; only a fault meets it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the answer is not null; fails with <paramref name="what"/> if it does not come.</summary>
    public static Task<T> ForAsync<T>(string what, Func<Task<T?>> ask)
        where T : class => ForAsync(what, Limit, ask);

    /// <summary>Asks until the answer is not null, for so long.</summary>
    /// <exception cref="ObservationException">It did not come in time.</exception>
    public static async Task<T> ForAsync<T>(string what, TimeSpan limit, Func<Task<T?>> ask)
        where T : class
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (waited.Elapsed > limit)
            {
                throw new ObservationException($"Waited {limit.TotalSeconds:F0} s, and this did not happen: {what}.");
            }

            await Task.Delay(Between);
        }
    }

    /// <summary>Asks until it holds; fails with <paramref name="what"/> if it does not.</summary>
    public static Task UntilAsync(string what, Func<Task<bool>> holds) => UntilAsync(what, Limit, holds);

    /// <summary>Asks until it holds, for so long; answers how long that took.</summary>
    public static async Task<TimeSpan> UntilAsync(string what, TimeSpan limit, Func<Task<bool>> holds)
    {
        Stopwatch waited = Stopwatch.StartNew();
        await ForAsync(what, limit, async () => await holds() ? what : null);
        return waited.Elapsed;
    }

    /// <summary>Watches that it holds all the time for so long: the time is what is tested.</summary>
    /// <exception cref="ObservationException">It held no more at some moment.</exception>
    public static async Task WhileAsync(string what, TimeSpan span, Func<Task<bool>> holds)
    {
        Stopwatch watched = Stopwatch.StartNew();
        while (watched.Elapsed < span)
        {
            ObservationException.Require(
                await holds(), $"After {watched.Elapsed.TotalSeconds:F1} s this held no more: {what}.");
            await Task.Delay(Between);
        }
    }
}
