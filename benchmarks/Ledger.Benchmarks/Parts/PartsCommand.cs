using System.CommandLine;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Parts;

/// <summary><c>bench parts</c>: what the parts of a node cost, in a process of its own.</summary>
public static class PartsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string[]> filter = new("--filter")
        {
            Description = "Patterns of names, such as *Verify* or *StateTree*.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["*"],
        };
        CommonOptions common = new();
        Command command = common.AddTo(new Command(
            "parts",
            "Measure the parts alone: verify, hash, commitment, codec, apply, state tree, commit, proof, store.\n"
            + "Example: ./ledger bench parts --filter *Verify* --json parts.json")
        {
            filter,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result, _ => new PartsRun(result.GetRequiredValue(filter), RunFolder.Of("parts")), interrupt));
        return command;
    }
}
