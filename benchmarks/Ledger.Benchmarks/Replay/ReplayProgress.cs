using Spectre.Console;

namespace Ledger.Benchmarks.Replay;

/// <summary>A progress bar over the operations, on a terminal; a line at the begin and the end elsewhere.</summary>
public static class ReplayProgress
{
    /// <summary>Runs work that tells its progress.</summary>
    public static async Task<T> ShowAsync<T>(Func<Func<int, IProgress<int>>, Task<T>> work)
    {
        T? result = default;
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask loading = context.AddTask("records to the stores").IsIndeterminate();
                result = await work(total =>
                {
                    loading.IsIndeterminate(false).Value(loading.MaxValue).StopTask();
                    ProgressTask bar = context.AddTask("contract operations", maxValue: total);
                    return new Counter(bar);
                });
            });
        return result!;
    }

    // Reports on the caller's thread: System.Progress would queue three thousand callbacks.
    private sealed class Counter(ProgressTask bar) : IProgress<int>
    {
        public void Report(int value) => bar.Increment(value);
    }
}
