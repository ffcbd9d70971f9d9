using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Node.Configuration;
using Ledger.Primitives;

namespace Ledger.Node.Commands;

/// <summary>
/// <c>ledger join</c>: ties a node to a ledger. Refuses without a checkpoint to compare: at the beginning, the chain id
/// that the founders tell one another.
/// </summary>
public static class JoinCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> home = CommonOptions.Home();
        Option<string> genesis = new("--genesis") { Description = "The genesis document.", Required = true };
        Option<string> chainId = new("--chain-id")
        {
            Description = "The chain id as you were told it by someone you trust, not as the file says it.",
            Required = true,
        };
        Command command = new(
            "join",
            "Tie a node to a ledger.\n"
            + "Example: ledger join --home north --genesis genesis.ledger --chain-id 3f1c...")
        {
            home, genesis, chainId,
        };
        command.SetAction(result => Edge.Run(
            result,
            () => Run(
                result.GetRequiredValue(home), result.GetRequiredValue(genesis), result.GetRequiredValue(chainId))));
        return command;
    }

    private static int Run(string home, string genesisPath, string chainIdText)
    {
        NodeConfiguration configuration = NodeConfiguration.Load(home);
        if (!Hash256.TryParse(chainIdText, out Hash256 expected))
        {
            throw new ConfigurationException(
                "--chain-id must be 64 hexadecimal digits, as `ledger found` printed them.");
        }

        byte[] bytes = GenesisFile.Read(genesisPath);
        Hash256 actual = GenesisFile.Require(bytes);
        if (actual != expected)
        {
            throw new ConfigurationException(
                $"The genesis document has chain id {actual}, not {expected}: it is another ledger's. "
                + "Nothing was changed.");
        }

        if (configuration.TrustedChainId is { } joined && joined != expected.ToString())
        {
            throw new ConfigurationException($"This node has joined {joined} already. Nothing was changed.");
        }

        AtomicFile.Write(configuration.Resolve(configuration.Genesis), bytes, overwrite: true);
        (configuration with { TrustedChainId = expected.ToString() }).Save();
        Console.WriteLine($"{configuration.Name} has joined {expected}. Start it with: ledger run --home {home}");
        return ExitCode.Done;
    }
}
