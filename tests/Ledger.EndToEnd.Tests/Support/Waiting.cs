using System.Diagnostics;

namespace Ledger.EndToEnd.Tests.Support;

/// <summary>Waits for what other processes bring about, which nothing announces to this one.</summary>
public static class Waiting
{
    /// <summary>Takes seconds even on a busy machine; only a fault meets it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the answer is not null; fails with <paramref name="what"/> if it does not come.</summary>
    public static async Task<T> ForAsync<T>(string what, Func<Task<T?>> ask)
        where T : class
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (waited.Elapsed > Limit)
            {
                throw new AssertionException($"Waited {Limit.TotalSeconds:F0} s, and this did not happen: {what}.");
            }

            await Task.Delay(Between);
        }
    }

    /// <summary>Asks until it holds; fails with <paramref name="what"/> if it does not.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds) =>
        await ForAsync(what, async () => await holds() ? what : null);
}
