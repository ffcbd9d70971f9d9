using Spectre.Console;

namespace Ledger.CommandLine.Output;

/// <summary>
/// Shows a person how far a command is. In a type of its own, so that its library is loaded only when it is used.
/// </summary>
internal static class ProgressBar
{
    /// <summary>Runs work that says how much of a total is done.</summary>
    public static Task RunAsync(string label, long total, Func<Action<long>, Task> work) =>
        AnsiConsole.Progress().HideCompleted(true).StartAsync(context =>
        {
            ProgressTask bar = context.AddTask(Markup.Escape(label), maxValue: Math.Max(total, 1));
            return work(done => bar.Value = done);
        });
}
