using System.CommandLine;
using System.Net;
using Ledger.Node.Commands;

namespace Ledger.Devnet;

/// <summary><c>devnet up</c>: makes the consortium on first use, and starts what does not run.</summary>
public static class UpCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<int> nodes = new("--nodes")
        {
            Description = "How many institutions, 4 to 16.",
            DefaultValueFactory = _ => DevnetPlan.NodesMin,
        };
        Command command = new(
            "up", "Start the consortium, making it on first use.\nExample: ./ledger devnet up --nodes 4")
        {
            nodes, DevnetEdge.Folder,
        };
        command.SetAction(result => DevnetEdge.RunAsync(
            () => RunAsync(result.GetValue(nodes), Path.GetFullPath(result.GetRequiredValue(DevnetEdge.Folder)))));
        return command;
    }

    private static async Task<int> RunAsync(int nodes, string folder)
    {
        if (nodes is < DevnetPlan.NodesMin or > DevnetPlan.NodesMax)
        {
            Console.Error.WriteLine($"devnet: --nodes must be {DevnetPlan.NodesMin} to {DevnetPlan.NodesMax}.");
            return ExitCode.WrongUse;
        }

        LocalConsortium? consortium = LocalConsortium.Load(folder);
        if (consortium is null)
        {
            Console.WriteLine($"Making a consortium of {nodes} institutions in {folder}");
            consortium = await LocalConsortium.CreateAsync(DevnetPlan.New(folder, nodes, _ => IPAddress.Loopback));
        }
        else if (consortium.Plan.Nodes.Count != nodes)
        {
            Console.WriteLine(
                $"The consortium in {folder} has {consortium.Plan.Nodes.Count} institutions; it stays so.");
        }

        await consortium.StartAsync(detached: true);
        foreach (DevnetNode node in consortium.Plan.Nodes)
        {
            Console.WriteLine($"{node.Name,-20} API https://{node.Api}  LRS http://{node.Lrs}");
        }

        Console.WriteLine($"Try: LEDGER_HOME={consortium.Plan.ClientHome} ./ledger node status");
        return ExitCode.Done;
    }
}
