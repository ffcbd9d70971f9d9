using System.CommandLine;
using System.Text.Json;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;
using Ledger.Primitives;

namespace Ledger.Devnet;

/// <summary><c>devnet status</c>: each node's addresses, height and files.</summary>
public static class StatusCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> json = new("--json") { Description = "As JSON." };
        Command command = new("status", "Show the consortium.\nExample: ./ledger devnet status --json")
        {
            json, DevnetEdge.Folder,
        };
        command.SetAction(result => DevnetEdge.RunAsync(() => RunAsync(
            Path.GetFullPath(result.GetRequiredValue(DevnetEdge.Folder)), result.GetValue(json))));
        return command;
    }

    private static async Task<int> RunAsync(string folder, bool json)
    {
        LocalConsortium consortium = DevnetEdge.Require(folder);
        Line[] lines = await Task.WhenAll(consortium.Plan.Nodes.Select(LineAsync));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(lines, Json));
        }
        else
        {
            foreach (Line line in lines)
            {
                Console.WriteLine(line.Running
                    ? $"{line.Name,-20} height {line.Height,6}  API {line.Api}  LRS {line.Lrs}  "
                    + $"credentials {line.CredentialsFile}"
                    : $"{line.Name,-20} does not run");
            }
        }

        return lines.All(line => line.Running) ? ExitCode.Done : ExitCode.Unreachable;
    }

    private static async Task<Line> LineAsync(DevnetNode node)
    {
        Line line = new(
            node.Name, false, "https://" + node.Api, "http://" + node.Lrs, null, node.CredentialsFile, node.Home);
        if (LocalConsortium.Ready(node) is not { } ready)
        {
            return line;
        }

        using LedgerClient client = LocalConsortium.ClientOf(ready, null);
        NodeStatus status = await client.GetStatusAsync(CancellationToken.None);
        return line with { Running = true, Height = status.Height };
    }

    private sealed record Line(
        string Name, bool Running, string Api, string Lrs, ulong? Height, string CredentialsFile, string Home);
}
