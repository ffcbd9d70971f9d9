using System.Diagnostics;
using System.Text.Json;
using Ledger.Client.Keys;
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

    [Test]
    public async Task An_auditor_of_a_member_writes_a_signed_report_and_state_is_proved_in_files_that_verify()
    {
        DevnetNode node = (await DocumentedConsortium.SharedAsync()).Nodes[0];
        ReadyFile ready = LocalConsortium.Ready(node)!;
        using Member member = Member.Of([node])[0];
        using SigningKey learner = SigningKey.Create();
        await member.DecideAsync([learner], Operations.UicCreate());
        using TestFolder folder = new("audit");
        string genesis = Path.Combine(node.Home, "genesis.ledger");
        await RunAsync(
            folder, "profile", "add", "north", "--node", ready.Api, "--tls-pin", ready.TlsPin, "--genesis", genesis,
            "--key-file", Path.Combine(node.Home, "identity.key"), "--password-file", node.PasswordFile);
        await RunAsync(folder, "profile", "use", "north");
        ulong height = (await member.Client.GetStatusAsync(default)).Height;

        string audit = folder.File("north.audit");
        await RunAsync(folder, "audit", "--from", "1", "--to", $"{height}", "--out", audit);
        ProgramRun verified = await RunAsync(folder, "verify", audit, "--genesis", genesis, "--json");
        JsonElement report = JsonDocument.Parse(verified.Output).RootElement;
        Assert.That(report.GetProperty("verdict").GetString(), Is.EqualTo("pass"));
        Assert.That(report.GetProperty("operations").GetUInt64(), Is.Positive);

        string states = folder.File("keys.proof");
        await RunAsync(
            folder, "contract", "show", "me", "--kind", "signing-key", "--at", $"{height}", "--proof", states);
        Assert.That((await RunAsync(folder, "verify", states)).Output, Does.Contain("These are all"));
        await RunAsync(folder, "contract", "prove", "10" + new string('0', 64), "--out", states);
        Assert.That((await RunAsync(folder, "verify", states)).Output, Does.Contain("is absent"));
        Assert.That((await RunAsync(folder, "contract", "show", "me")).Output, Does.Contain("signing-key"));
        Assert.That(
            (await RunAsync(folder, "chain", "events", "--kind", "learner-created")).Output,
            Does.Contain($"{learner.Address}"));
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
