using System.CommandLine;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Node.Configuration;
using Ledger.Node.Snapshots;
using Ledger.Primitives;

namespace Ledger.Node.Commands;

/// <summary>
/// <c>ledger join</c>: ties a node to a ledger. Refuses without something to compare: for founders the chain id that
/// they tell one another at the beginning, for all others a block besides, which somebody they trust has told them.
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
        Option<string?> checkpoint = new("--checkpoint")
        {
            Description = "A block that an institution you trust has told you: HEIGHT:HASH (there: ledger node "
                + "checkpoint) or a file (there: ledger chain checkpoint FILE). Founders need none.",
        };
        Command command = new(
            "join",
            "Tie a node to a ledger.\n"
            + "Example: ledger join --home north --genesis genesis.ledger --chain-id 3f1c...")
        {
            home, genesis, chainId, checkpoint,
        };
        command.SetAction(result => Edge.Run(
            result,
            () => Run(
                result.GetRequiredValue(home),
                result.GetRequiredValue(genesis),
                result.GetRequiredValue(chainId),
                result.GetValue(checkpoint),
                result.InvocationConfiguration.Output)));
        return command;
    }

    private static int Run(
        string home, string genesisPath, string chainIdText, string? checkpointText, TextWriter output)
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

        TrustedCheckpoint? checkpoint = checkpointText is null ? null : ReadCheckpoint(checkpointText, expected);
        if (checkpoint is null && !IsFounder(configuration, bytes))
        {
            throw new ConfigurationException(
                $"{configuration.Name} has no founder's seat and needs a checkpoint. Nothing was changed. "
                + FounderSeats.HowToGetACheckpoint);
        }

        AtomicFile.Write(configuration.Resolve(configuration.Genesis), bytes, overwrite: true);
        (configuration with
        {
            TrustedChainId = expected.ToString(),
            TrustedCheckpoint = checkpoint?.ToString(),
        }).Save();
        output.WriteLine($"{configuration.Name} has joined {expected}. Start it with: ledger run --home {home}");
        return ExitCode.Done;
    }

    // The card says who this is without the keys; a node whose card is gone is asked for a checkpoint.
    private static bool IsFounder(NodeConfiguration configuration, byte[] genesis)
    {
        string path = configuration.Resolve(FounderCard.FileName);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            FounderCard? card = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), NodeConfigurationJson.Default.FounderCard);
            return Address.TryParse(card?.Address, out Address address)
                && FounderSeats.Has(Genesis.Parser.ParseFrom(genesis), address);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {problem.Message}", problem);
        }
    }

    private static TrustedCheckpoint ReadCheckpoint(string text, Hash256 chainId)
    {
        if (TrustedCheckpoint.TryParse(text, out TrustedCheckpoint? checkpoint))
        {
            return checkpoint;
        }

        if (!File.Exists(text))
        {
            throw new ConfigurationException(
                $"--checkpoint: \"{text}\" is neither HEIGHT:HASH, with a hash of 64 hexadecimal digits, nor a file.");
        }

        try
        {
            if (!CheckpointFile.TryRead(File.ReadAllBytes(text), out TrustRoot? root) || root.Height == 0)
            {
                throw new ConfigurationException($"{text} is not a checkpoint file.");
            }

            return root.ChainId == chainId
                ? new TrustedCheckpoint(root.Height, root.BlockHash)
                : throw new ConfigurationException($"The checkpoint {text} is of another ledger, {root.ChainId}.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The checkpoint {text} cannot be read: {problem.Message}", problem);
        }
    }
}
