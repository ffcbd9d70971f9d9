using System.Diagnostics;
using System.Text.Json;
using Ledger.Client.Transactions;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Node.Configuration;

namespace Ledger.EndToEnd.Tests.Setup;

/// <summary>The command line against a node, with a profile made by its own command.</summary>
public sealed class CommandLineTests
{
    /// <summary>More than the chain of these tests holds.</summary>
    private const int ManyBlocks = 100;

    [Test]
    public async Task A_chain_shorter_than_the_list_is_listed_from_its_first_block()
    {
        DevnetNode node = (await DocumentedConsortium.SharedAsync()).Nodes[0];
        ReadyFile ready = LocalConsortium.Ready(node)!;
        using Member member = Member.Of([node])[0];
        await member.DecideAsync([member.Key], Operations.Settle());
        using TestFolder folder = new("command-line");
        await RunAsync(
            folder, "profile", "add", "north", "--node", ready.Api, "--tls-pin", ready.TlsPin,
            "--genesis", Path.Combine(node.Home, "genesis.ledger"),
            "--key-file", Path.Combine(node.Home, "identity.key"));
        await RunAsync(folder, "profile", "use", "north");

        ProgramRun listed = await RunAsync(folder, "block", "list", "--count", $"{ManyBlocks}", "--json");

        JsonElement blocks = JsonDocument.Parse(listed.Output).RootElement.GetProperty("blocks");
        Assert.That(blocks.GetArrayLength(), Is.InRange(1, ManyBlocks));
        Assert.That(blocks[0].GetProperty("height").GetInt32(), Is.EqualTo(1));
    }

    private static async Task<ProgramRun> RunAsync(TestFolder folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet");
        string program = Path.Combine(AppContext.BaseDirectory, "ledger.dll");
        string[] all = [program, .. arguments, "--home", folder.File("home")];
        foreach (string argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        return (await ProgramRun.RunAsync(start)).Done();
    }
}
