using Ledger.Node.Commands;

namespace Ledger.Benchmarks.Running;

/// <summary>
/// Runs a benchmark so that what was measured is shown and kept whatever ends it: the user, a node, or a failure.
/// </summary>
public static class PartialRun
{
    /// <summary>Runs it.</summary>
    /// <param name="run">Measures; cancellation by the user is no failure.</param>
    /// <param name="show">Shows what was measured, if anything was.</param>
    /// <param name="keep">Writes it to files; it is told whether it is a part only.</param>
    /// <param name="interrupt">The user's.</param>
    public static async Task<int> RunAsync(
        Func<Task> run, Action show, Action<bool> keep, CancellationToken interrupt)
    {
        bool isWhole = false;
        try
        {
            await run();
            isWhole = !interrupt.IsCancellationRequested;
        }
        catch (Exception) when (interrupt.IsCancellationRequested)
        {
            // Whatever failed then failed because the user ended it.
        }
        finally
        {
            show();
            keep(!isWhole);
        }

        if (!isWhole)
        {
            Console.Error.WriteLine(
                "ledger-bench: interrupted. The nodes have stopped; what was measured before is partial.");
        }

        return isWhole ? ExitCode.Done : ExitCode.Refused;
    }
}
