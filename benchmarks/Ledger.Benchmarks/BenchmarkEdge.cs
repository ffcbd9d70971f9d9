using Ledger.Client.Nodes;
using Ledger.Devnet;
using Ledger.Node.Commands;

namespace Ledger.Benchmarks;

/// <summary>The programs' edge: failures become sentences and exit codes.</summary>
public static class BenchmarkEdge
{
    /// <summary>Runs a command.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> action)
    {
        // A signal that comes before the command has given its thread back would end the program at once, with what it
        // has begun lying about.
        await Task.Yield();
        try
        {
            return await action();
        }
        catch (Exception problem) when (problem is BenchmarkException or DevnetException or LedgerClientException)
        {
            Console.Error.WriteLine("ledger-bench: " + problem.Message);
            return ExitCode.Refused;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("ledger-bench: " + problem.Message);
            return ExitCode.Internal;
        }
    }
}
