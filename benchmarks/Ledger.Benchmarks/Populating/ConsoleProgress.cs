using Spectre.Console;

namespace Ledger.Benchmarks.Populating;

/// <summary>A bar for each phase, on a terminal; lines of percents elsewhere.</summary>
public sealed class ConsoleProgress : IPopulationProgress
{
    private readonly ProgressContext context;
    private ProgressTask? current;

    private ConsoleProgress(ProgressContext context)
    {
        this.context = context;
    }

    /// <summary>Runs work that tells its phases.</summary>
    public static Task ShowAsync(Func<IPopulationProgress, Task> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(context => work(new ConsoleProgress(context)));

    /// <inheritdoc/>
    public IProgress<int> Begin(string phase, int total)
    {
        current?.StopTask();
        current = context.AddTask(phase, maxValue: total);
        return new ProgressBar(current);
    }
}
