using System.CommandLine;
using Ledger.Node.Commands;

namespace Ledger.Devnet;

/// <summary><c>devnet down</c>: stops the nodes; their data stay.</summary>
public static class DownCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> purge = new("--purge")
        {
            Description = "Also remove the consortium with its keys, ledger and records.",
        };
        Command command = new("down", "Stop the consortium.\nExample: ./ledger devnet down")
        {
            purge, DevnetEdge.Folder,
        };
        command.SetAction(result => DevnetEdge.RunAsync(async () =>
        {
            string folder = Path.GetFullPath(result.GetRequiredValue(DevnetEdge.Folder));
            await DevnetEdge.Require(folder).StopAsync();
            if (result.GetValue(purge))
            {
                Directory.Delete(folder, recursive: true);
            }

            Console.WriteLine("The consortium has stopped.");
            return ExitCode.Done;
        }));
        return command;
    }
}
