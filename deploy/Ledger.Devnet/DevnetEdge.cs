using System.CommandLine;
using Ledger.Node.Commands;

namespace Ledger.Devnet;

/// <summary>What the devnet commands share: their folder, and how they end.</summary>
public static class DevnetEdge
{
    /// <summary>Where the consortium is.</summary>
    public static Option<string> Folder { get; } = new("--folder")
    {
        Description = "Where the consortium is.",
        DefaultValueFactory = _ => RunFolder.Of("devnet"),
    };

    /// <summary>Runs a command and turns its failure into a sentence and an exit code.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (DevnetException problem)
        {
            Console.Error.WriteLine("devnet: " + problem.Message);
            return ExitCode.Unreachable;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("devnet: " + problem.Message);
            return ExitCode.Internal;
        }
    }

    /// <summary>The consortium in a folder.</summary>
    public static LocalConsortium Require(string folder) => LocalConsortium.Load(folder)
        ?? throw new DevnetException($"there is no consortium in {folder}; make one with: ./ledger devnet up");
}
