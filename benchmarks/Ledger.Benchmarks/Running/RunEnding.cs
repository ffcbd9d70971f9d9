using Ledger.Benchmarks.Results;
using Ledger.Node.Commands;

namespace Ledger.Benchmarks.Running;

/// <summary>
/// Runs a benchmark to its end, whatever ends it: the user, a node, or a failure. What was measured until then is shown
/// and kept, and marked as partial.
/// </summary>
public static class RunEnding
{
    /// <summary>Runs it; answers the program's exit code.</summary>
    /// <param name="files">What is written.</param>
    /// <param name="seed">The seed, where anything is drawn.</param>
    /// <param name="open">Makes the run, with the file for its operations where one was asked for.</param>
    /// <param name="interrupt">The user's.</param>
    public static Task<int> RunAsync(
        RunFiles files, ulong? seed, Func<TextWriter?, IBenchmarkRun> open, CancellationToken interrupt) =>
        BenchmarkEdge.RunAsync(async () =>
        {
            files.Require();
            RunContext context = RunContext.Of(seed);
            using StreamWriter? operations = files.Csv is null ? null : new StreamWriter(files.Csv);
            IBenchmarkRun run = open(operations);
            run.Require();
            return await RunAsync(run, context, files, interrupt);
        });

    private static async Task<int> RunAsync(
        IBenchmarkRun run, RunContext context, RunFiles files, CancellationToken interrupt)
    {
        bool isEnded = false;
        try
        {
            await run.RunAsync(LineProgress.Instance, interrupt);
            isEnded = !interrupt.IsCancellationRequested;
        }
        catch (Exception) when (interrupt.IsCancellationRequested)
        {
            // Whatever failed then failed because the user ended it.
        }
        finally
        {
            Keep(run, context, files, isEnded && run.IsWhole);
        }

        if (!isEnded || !run.IsWhole)
        {
            Console.Error.WriteLine("ledger-bench: interrupted. All processes of the run have been stopped.");
            return ExitCode.Refused;
        }

        return run.IsRight ? ExitCode.Done : ExitCode.NotVerified;
    }

    private static void Keep(IBenchmarkRun run, RunContext context, RunFiles files, bool isWhole)
    {
        run.Show();
        if (files.Json is not null)
        {
            ReportFile.Write(files.Json, run.Report(context, !isWhole));
        }

        if (!isWhole)
        {
            string where = string.Join(" and ", ((string?[])[files.Json, files.Csv]).OfType<string>());
            Console.Error.WriteLine("ledger-bench: the run is partial: it ended before everything was measured."
                + (where.Length > 0 ? $" What was measured is in {where}." : string.Empty));
        }
    }
}
